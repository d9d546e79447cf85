package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody may do with a dashboard, and why. Immutable.
///
/// @param right the one in force: the greatest of the reasons, but no more than the role allows
/// @param reasons the greatest first
public record AccessRow(String account, Role role, Right right, List<Reason> reasons) {

    public AccessRow {
        reasons = List.copyOf(reasons);
    }

    /// Where a right comes from.
    public enum Source {
        /// Administrators own all dashboards.
        ROLE,
        /// He made it.
        OWNER,
        /// It was granted to him.
        ACCOUNT,
        /// It was granted to a group that he is in.
        GROUP,
        /// It was granted to everyone.
        EVERYONE
    }

    /// One of the reasons. Immutable.
    ///
    /// @param group name of the group; absent for all other sources
    public record Reason(Source source, @Nullable String group, Right right) {}
}
