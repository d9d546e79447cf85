package io.watchfloor.client.view.dashboard;

import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;

/// Says what one may do with a dashboard, and why. Stateless.
final class RightWords {

    private RightWords() {}

    /// Why a dashboard is read-only.
    static String why(Role role) {
        return switch (role) {
            case VIEWER -> "Your account is a viewer: it looks at dashboards and does not change them."
                    + " An administrator can change that.";
            case EDITOR, ADMIN -> "This dashboard is shared with you to look at."
                    + " One of its owners can let you edit it.";
        };
    }

    /// What to tell when the right has changed; empty for nothing.
    static String changed(Right before, Right now, Role role) {
        boolean could = before.compareTo(Right.EDIT) >= 0;
        boolean can = now.compareTo(Right.EDIT) >= 0;
        if (could && now == Right.VIEW) {
            return "You cannot edit this dashboard any more. " + why(role);
        }
        return before == Right.VIEW && can ? "You can edit this dashboard now." : "";
    }
}
