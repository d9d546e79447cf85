package io.watchfloor.client.view;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.Sharing;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.protocol.rest.Directory;
import io.watchfloor.protocol.rest.GrantList;
import io.watchfloor.protocol.rest.GrantRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The sharing of a dashboard of anna's as a server would tell it, with five people and two groups. Confined to the thread
/// that asks.
public final class FakeSharing implements Sharing {

    private static final Map<String, Role> ROLES = new TreeMap<>(Map.of("anna", Role.EDITOR, "bob", Role.EDITOR, "carl",
            Role.VIEWER, "dora", Role.EDITOR, "root", Role.ADMIN));
    private static final Map<String, List<String>> GROUPS = new TreeMap<>(
            Map.of("Night shift", List.of("bob", "carl"), "Visitors", List.of()));

    /// What was asked for, in order.
    public final List<GrantRow> asked = new ArrayList<>();
    private final List<GrantRow> grants = new ArrayList<>();
    private String refusal = "";

    /// Refuses from now on, with a sentence; empty for no more.
    public void refuse(String sentence) {
        refusal = sentence;
    }

    @Override
    public String me() {
        return "anna";
    }

    @Override
    public Role role() {
        return Role.EDITOR;
    }

    @Override
    public CompletableFuture<Outcome<GrantList>> list() {
        return answer();
    }

    @Override
    public CompletableFuture<Outcome<GrantList>> grant(GrantRow grant) {
        asked.add(grant);
        if (refusal.isEmpty()) {
            grants.removeIf(old -> Objects.equals(old.account(), grant.account())
                    && Objects.equals(old.group(), grant.group()));
            if (grant.right() != Right.NONE) {
                grants.add(grant);
            }
        }
        return answer();
    }

    private CompletableFuture<Outcome<GrantList>> answer() {
        if (!refusal.isEmpty()) {
            return CompletableFuture.completedFuture(new Outcome.Refused<>(403, "forbidden", refusal));
        }
        List<AccessRow> people = new ArrayList<>();
        ROLES.forEach((name, role) -> {
            List<AccessRow.Reason> reasons = new ArrayList<>();
            if (name.equals("anna")) {
                reasons.add(new AccessRow.Reason(AccessRow.Source.OWNER, null, Right.OWN));
            }
            if (role == Role.ADMIN) {
                reasons.add(new AccessRow.Reason(AccessRow.Source.ROLE, null, Right.OWN));
            }
            grants.forEach(grant -> {
                if (name.equals(grant.account())) {
                    reasons.add(new AccessRow.Reason(AccessRow.Source.ACCOUNT, null, grant.right()));
                } else if (grant.group() != null && GROUPS.getOrDefault(grant.group(), List.of()).contains(name)) {
                    reasons.add(new AccessRow.Reason(AccessRow.Source.GROUP, grant.group(), grant.right()));
                }
            });
            if (!reasons.isEmpty()) {
                Right greatest = reasons.stream().map(AccessRow.Reason::right).max(Right::compareTo).orElseThrow();
                people.add(new AccessRow(name, role,
                        role == Role.VIEWER && greatest.compareTo(Right.VIEW) > 0 ? Right.VIEW : greatest, reasons));
            }
        });
        return CompletableFuture.completedFuture(new Outcome.Ok<>(new GrantList("anna", grants, people)));
    }

    @Override
    public CompletableFuture<Outcome<Directory>> directory() {
        return CompletableFuture.completedFuture(new Outcome.Ok<>(
                new Directory(List.copyOf(ROLES.keySet()), List.copyOf(GROUPS.keySet()))));
    }
}
