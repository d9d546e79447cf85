package io.watchfloor.client.view.sharing;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.Sharing;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.protocol.rest.Directory;
import io.watchfloor.protocol.rest.GrantList;
import io.watchfloor.protocol.rest.GrantRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the sharing of a dashboard shows and does, without nodes. Changes count at once and can be undone. Confined to its
/// owner's executor, where the futures of its [Sharing] complete.
public final class SharingModel {

    /// What it tells of.
    public interface Listener {

        void changed();
    }

    /// Somebody or some group that one may share with.
    public sealed interface Candidate {

        record Person(String name) implements Candidate {}

        record Members(String group) implements Candidate {}
    }

    private final Sharing sharing;
    private final Notices notices;
    private final Listener listener;
    private @Nullable GrantList list;
    private @Nullable Directory directory;
    private String problem = "";
    private boolean closed;

    public SharingModel(Sharing sharing, Notices notices, Listener listener) {
        this.sharing = sharing;
        this.notices = notices;
        this.listener = listener;
    }

    /// Asks for everything anew.
    public void refresh() {
        take(sharing.list(), () -> {});
        var _ = sharing.directory().thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<Directory>(Directory known) && !closed) {
                directory = known;
                listener.changed();
            }
        });
    }

    /// Whether the server has answered.
    public boolean known() {
        return list != null;
    }

    /// Why the last thing asked for was not done; empty for nothing.
    public String problem() {
        return problem;
    }

    /// Everybody with a right for a reason of his own, the greatest first.
    public List<AccessRow> people() {
        return list == null ? List.of() : list.people();
    }

    /// What was granted to groups, by name.
    public List<GrantRow> groups() {
        return list == null
                ? List.of()
                : list.grants().stream().filter(grant -> grant.group() != null)
                        .sorted(java.util.Comparator.comparing(grant -> String.valueOf(grant.group()))).toList();
    }

    /// What everyone may do who can sign in.
    public Right everyone() {
        if (list == null) {
            return Right.NONE;
        }
        return list.grants().stream().filter(grant -> grant.account() == null && grant.group() == null)
                .map(GrantRow::right).findFirst().orElse(list.owner() == null ? Right.EDIT : Right.NONE);
    }

    /// What was granted to somebody himself.
    public Right granted(String account) {
        return list == null
                ? Right.NONE
                : list.grants().stream().filter(grant -> account.equals(grant.account())).map(GrantRow::right)
                        .findFirst().orElse(Right.NONE);
    }

    /// Whether it is who looks.
    public boolean isMe(String account) {
        return account.equals(sharing.me());
    }

    /// Why nothing can be granted to somebody or taken from him here; empty where it can.
    public String fixed(AccessRow person) {
        boolean owner = person.reasons().stream().anyMatch(reason -> reason.source() == AccessRow.Source.OWNER);
        boolean admin = person.reasons().stream().anyMatch(reason -> reason.source() == AccessRow.Source.ROLE);
        return owner
                ? "Who made a dashboard stays its owner."
                : admin ? "Administrators own every dashboard." : "";
    }

    /// Why somebody has his right, as a sentence.
    public String why(AccessRow person) {
        List<String> reasons = new ArrayList<>();
        for (AccessRow.Reason reason : person.reasons()) {
            if (reason.right().compareTo(person.right()) >= 0) {
                reasons.add(switch (reason.source()) {
                    case OWNER -> "made it";
                    case ROLE -> "is an administrator";
                    case ACCOUNT -> "was given it";
                    case GROUP -> "is in '" + reason.group() + "'";
                    case EVERYONE -> "everyone may";
                });
            }
        }
        String told = String.join(", ", reasons.stream().distinct().toList());
        String sentence = told.isEmpty() ? "" : Character.toUpperCase(told.charAt(0)) + told.substring(1);
        return isCapped(person) ? sentence + ". Can view only (role viewer)" : sentence;
    }

    /// Whether somebody was given more than his role allows.
    private static boolean isCapped(AccessRow person) {
        return person.reasons().stream().anyMatch(reason -> reason.right().compareTo(person.right()) > 0);
    }

    /// What a role keeps of what was just granted, as the end of what is told; empty for nothing.
    private String capped(GrantRow grant) {
        if (grant.right() == Right.NONE || grant.right() == Right.VIEW) {
            return "";
        }
        if (grant.account() != null) {
            return people().stream().anyMatch(person -> person.account().equals(grant.account()) && isCapped(person))
                    ? " The role viewer allows no more."
                    : "";
        }
        boolean some = people().stream().filter(SharingModel::isCapped).flatMap(person -> person.reasons().stream())
                .anyMatch(reason -> grant.group() == null
                        ? reason.source() == AccessRow.Source.EVERYONE
                        : grant.group().equals(reason.group()));
        return some || grant.group() == null ? " Who has the role viewer can only look at it." : "";
    }

    /// Who is not listed yet and whose name holds a text; groups first.
    public List<Candidate> candidates(String text) {
        Directory known = directory;
        String wanted = text.strip().toLowerCase(java.util.Locale.ROOT);
        if (known == null) {
            return List.of();
        }
        List<Candidate> found = new ArrayList<>();
        known.groups().stream().filter(group -> group.toLowerCase(java.util.Locale.ROOT).contains(wanted))
                .filter(group -> groups().stream().noneMatch(grant -> group.equals(grant.group())))
                .forEach(group -> found.add(new Candidate.Members(group)));
        known.accounts().stream().filter(account -> account.toLowerCase(java.util.Locale.ROOT).contains(wanted))
                .filter(account -> granted(account) == Right.NONE)
                .filter(account -> people().stream()
                        .noneMatch(person -> person.account().equals(account) && !fixed(person).isEmpty()))
                .forEach(account -> found.add(new Candidate.Person(account)));
        return found;
    }

    public void add(Candidate candidate, Right right) {
        switch (candidate) {
            case Candidate.Person(String name) -> change(new GrantRow(name, null, right), Right.NONE);
            case Candidate.Members(String group) -> change(new GrantRow(null, group, right), Right.NONE);
        }
    }

    /// Grants somebody a right himself; [Right#NONE] takes it away.
    public void changePerson(String account, Right right) {
        change(new GrantRow(account, null, right), granted(account));
    }

    public void changeGroup(String group, Right right) {
        Right before = groups().stream().filter(grant -> group.equals(grant.group())).map(GrantRow::right).findFirst()
                .orElse(Right.NONE);
        change(new GrantRow(null, group, right), before);
    }

    public void changeEveryone(Right right) {
        change(new GrantRow(null, null, right), everyone());
    }

    private void change(GrantRow grant, Right before) {
        if (grant.right() == before) {
            return;
        }
        take(sharing.grant(grant), () -> notices.show(told(grant), "Undo",
                () -> take(sharing.grant(new GrantRow(grant.account(), grant.group(), before)), () -> {})));
    }

    private String told(GrantRow grant) {
        String capped = capped(grant);
        boolean looks = grant.account() != null && !capped.isEmpty();
        return done(looks ? new GrantRow(grant.account(), null, Right.VIEW) : grant) + capped;
    }

    private static String done(GrantRow grant) {
        String who = grant.account() != null
                ? grant.account()
                : grant.group() != null ? "The group '" + grant.group() + "'" : "Everyone";
        return switch (grant.right()) {
            case NONE -> grant.account() == null && grant.group() == null
                    ? "The dashboard is not shared with everyone any more."
                    : who + " is not among those it is shared with any more.";
            case VIEW -> who + " can look at the dashboard.";
            case EDIT -> who + " can edit the dashboard.";
            case OWN -> who + " can edit, share and delete the dashboard.";
        };
    }

    private void take(CompletableFuture<Outcome<GrantList>> asked, Runnable done) {
        var _ = asked.thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<GrantList>(GrantList fresh) -> {
                    list = fresh;
                    problem = "";
                    done.run();
                }
                case Outcome.Refused<GrantList> refused -> failed(refused.sentence());
                case Outcome.Unreachable<GrantList> unreachable -> failed(unreachable.sentence());
            }
            if (!closed) {
                listener.changed();
            }
        });
    }

    /// What is undone after the panel has gone is told elsewhere.
    private void failed(String sentence) {
        problem = sentence;
        if (closed) {
            notices.show(sentence);
        }
    }

    /// Tells of no answers any more.
    public void close() {
        closed = true;
    }
}
