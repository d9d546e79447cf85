package io.watchfloor.server.auth;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.protocol.rest.AccessRow.Reason;
import io.watchfloor.protocol.rest.AccessRow.Source;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.Group;
import io.watchfloor.server.store.RightsRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Tells for one dashboard who may do what with it, and why: what [Rights#rightOf] answers, with its reasons. Stateless.
public final class DashboardAccess {

    private static final Comparator<AccessRow> ORDER = Comparator.comparing(AccessRow::right).reversed()
            .thenComparing(AccessRow::account);

    private DashboardAccess() {}

    /// Everybody who can sign in and has a right for a reason of his own, the greatest right first. Who has one only
    /// because everyone has is left out.
    public static List<AccessRow> of(RightsRecord record, DashboardId dashboard) {
        RightsTable table = new RightsTable(record);
        List<RightsRecord.Grant> grants = record.grants().stream()
                .filter(grant -> grant.dashboard().equals(dashboard) && grant.right() != Right.NONE).toList();
        String owner = record.dashboards().stream().filter(owned -> owned.dashboard().equals(dashboard))
                .map(RightsRecord.Owned::owner).filter(Objects::nonNull).findFirst().orElse(null);
        return record.accounts().stream().filter(account -> !account.disabled())
                .map(account -> new AccessRow(account.name(), account.role(),
                        table.rightOf(account.name(), dashboard),
                        reasons(account, account.name().equals(owner), grants, record.groups())))
                .filter(row -> row.reasons().stream().anyMatch(reason -> reason.source() != Source.EVERYONE))
                .sorted(ORDER).toList();
    }

    private static List<Reason> reasons(Account account, boolean owner, List<RightsRecord.Grant> grants,
            List<Group> groups) {
        List<Reason> reasons = new ArrayList<>();
        if (owner) {
            reasons.add(new Reason(Source.OWNER, null, Right.OWN));
        }
        if (account.role() == Role.ADMIN) {
            reasons.add(new Reason(Source.ROLE, null, Right.OWN));
        }
        for (RightsRecord.Grant grant : grants) {
            switch (grant.grantee()) {
                case Grantee.Person(String name) when name.equals(account.name()) ->
                    reasons.add(new Reason(Source.ACCOUNT, null, grant.right()));
                case Grantee.Members(String group) when isIn(account, group, groups) ->
                    reasons.add(new Reason(Source.GROUP, group, grant.right()));
                case Grantee.Everyone _ -> reasons.add(new Reason(Source.EVERYONE, null, grant.right()));
                case Grantee.Person _, Grantee.Members _ -> {}
            }
        }
        reasons.sort(Comparator.comparing(Reason::right).reversed());
        return reasons;
    }

    private static boolean isIn(Account account, String group, List<Group> groups) {
        return groups.stream().anyMatch(each -> each.name().equals(group) && each.members().contains(account.name()));
    }
}
