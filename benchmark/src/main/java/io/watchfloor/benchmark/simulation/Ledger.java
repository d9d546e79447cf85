package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.model.MergeReport;
import io.watchfloor.client.sync.outbox.CopyChange;
import io.watchfloor.client.sync.outbox.Held;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.outbox.OutboxChange;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxReplica;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Operation;
import io.watchfloor.document.TextEdit;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.server.store.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one desktop has put into its outbox and taken out of it. What was told to be durable must be there after the
/// desktop was killed, and nothing may leave before the log holds it, or the person was told that it was refused.
///
/// Confined to its run's thread.
final class Ledger {

    private final String desktop;
    private final Typescript typescript;
    private final Witness witness;
    private final Tally tally;
    private final Refusals refusals;
    /// Which push of which desktop each decision is about; shared by all ledgers of a world.
    private final IdentityHashMap<Decision, Taken> explained;
    private final ArrayDeque<Written> underway = new ArrayDeque<>();
    /// What became of each push that has left the outbox.
    private final Map<Long, Decision> left = new LinkedHashMap<>();
    private final Set<Object> toldLost = new HashSet<>();
    private boolean forgetful;
    /// Numbers of what is held, which a key does not have for ever.
    private Map<Long, Long> numbers = new HashMap<>();
    private final Map<Long, Long> durableNumbers = new HashMap<>();
    private long lastNumber;
    private final List<List<Operation>> untold = new ArrayList<>();
    private final Set<Integer> ownNumbers = new HashSet<>();
    private TreeMap<Long, OutboxPush> held = new TreeMap<>();
    private final TreeMap<Long, OutboxPush> durable = new TreeMap<>();
    private @Nullable OutboxReplica durableReplica;
    private int process;
    private long edits;
    /// Changes that were given to the outbox, and those of them that are durable.
    private long given;
    private long durableUpTo;

    /// A push of a desktop, as one that there was only once.
    record Taken(String desktop, long number) {}

    private record Written(OutboxChange change, Map<Long, Long> numbers) {}

    Ledger(String desktop, Surroundings surroundings, IdentityHashMap<Decision, Taken> explained) {
        this.desktop = desktop;
        this.witness = surroundings.witness();
        this.typescript = surroundings.typescript();
        this.tally = surroundings.tally();
        this.refusals = new Refusals(witness);
        this.explained = explained;
    }

    /// Number of the change that was given to the outbox last.
    long given() {
        return given;
    }

    /// Edits that were put into the outbox.
    long edits() {
        return edits;
    }

    /// Whether a replica number is one under which this process of the desktop has edited.
    boolean isOwn(int number) {
        return ownNumbers.contains(number);
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /// A new process of the desktop opens its outbox; what the last one had not made durable is gone.
    Outbox opened(Outbox outbox) {
        Held found = outbox.held().get(Database.DASHBOARD);
        List<OutboxPush> there = found == null ? List.of() : found.pushes();
        while (!there.equals(List.copyOf(durable.values())) && !underway.isEmpty()) {
            makeDurable(underway.removeFirst()); // what nobody waited for may be durable, too
        }
        if (!there.equals(List.copyOf(durable.values()))) {
            witness.violations().add("outbox-lost", desktop + " was told that these are durable: " + durable.values()
                    + "; found are " + there);
        } else if (found != null && !found.replica().equals(durableReplica)) {
            witness.violations().add("outbox-lost", desktop + " was to go on as " + durableReplica + ", found is "
                    + found.replica());
        }
        tally.count("edits lost with a killed desktop, not durable yet",
                Math.max(0, held.size() - durable.size()));
        held = new TreeMap<>(durable);
        numbers = new HashMap<>(durableNumbers);
        tally.count("edits found in the outbox by a new process", held.size());
        underway.clear();
        given = durableUpTo;
        typescript.killed(desktop, durableUpTo);
        untold.clear();
        ownNumbers.clear();
        process++;
        int opened = process;
        return Interposed.on(Outbox.class, outbox, (method, arguments, call) -> {
            if (method.equals("write") && arguments != null && opened == process
                    && arguments[0] instanceof OutboxChange change && arguments[1] instanceof Runnable then) {
                written(change);
                long number = given;
                outbox.write(change, () -> {
                    madeDurable(opened, number);
                    then.run();
                });
                return null;
            }
            if (method.equals("writeBehind") && arguments != null && opened == process
                    && arguments[0] instanceof OutboxChange change) {
                written(change);
            }
            return call.call();
        });
    }

    private void written(OutboxChange change) {
        ownNumbers.add(change.replica().number());
        forgetful |= change.copy().stream().anyMatch(CopyChange.Forgotten.class::isInstance);
        for (long key : change.removed()) {
            OutboxPush push = held.remove(key);
            if (push != null) {
                explain(push, change.replica());
            }
        }
        Map<Long, Long> named = new HashMap<>();
        for (OutboxPush push : change.put()) {
            if (!held.containsKey(push.key())) {
                numbers.put(push.key(), ++lastNumber);
            }
            named.put(push.key(), numbers.getOrDefault(push.key(), 0L));
            OutboxPush before = held.put(push.key(), push);
            if (before == null || !values(before.operations()).equals(values(push.operations()))) {
                edits++;
            }
            if (before != null && before.sealed() && push.sealed() && !before.equals(push)) {
                witness.violations().add("sealed-changed", before + " became " + push);
            }
        }
        underway.addLast(new Written(change, named));
        given++;
    }

    /// @param upTo number of the change that is durable now, with all before it
    private void madeDurable(int opened, long upTo) {
        while (opened == process && durableUpTo < upTo && !underway.isEmpty()) {
            makeDurable(underway.removeFirst());
        }
    }

    private void makeDurable(Written written) {
        OutboxChange change = written.change();
        durableNumbers.putAll(written.numbers());
        change.put().forEach(push -> durable.put(push.key(), push));
        change.removed().forEach(durable::remove);
        durableReplica = change.replica();
        durableUpTo++;
    }

    /// Why a push may leave the outbox.
    private void explain(OutboxPush push, OutboxReplica replica) {
        Chronicle log = witness.book().of(replica.epoch());
        Decision decision = push.sealed() && log != null
                ? log.decision(replica.number(), push.clientSeq())
                : null;
        Taken taken = new Taken(desktop, numbers.getOrDefault(push.key(), 0L));
        if (decision != null) {
            left.put(taken.number(), decision);
        }
        switch (decision) {
            case Decision.Accepted accepted -> {
                if (!values(accepted.entry().operations()).equals(values(push.operations()))) {
                    witness.violations().add("other-body", desktop + " takes " + push + " for " + accepted);
                }
                Taken known = explained.put(accepted, taken);
                if (known != null && !known.equals(taken)) {
                    witness.violations().add("entry-taken-twice", accepted + " is " + known + " and " + push);
                }
                boolean types = push.operations().stream().anyMatch(TextEdit.class::isInstance);
                if (types) {
                    tally.count(accepted.entry().operations().equals(push.operations())
                            ? "typing logged as it was"
                            : "typing transformed");
                } else if (!accepted.entry().operations().equals(push.operations())) {
                    tally.count("push logged under other stamps");
                }
            }
            case Decision.Refused refused -> {
                refusals.check(desktop, push, refused);
                if (refused.code() != ErrorCode.TEXT_BASE_GONE) {
                    untold.add(push.operations());
                } else {
                    tally.count("typing carried over a difference");
                }
            }
            case null -> undecided(push, replica);
        }
    }

    /// What was typed waits again; the words tell whether it stands in the end.
    private void undecided(OutboxPush push, OutboxReplica replica) {
        if (push.operations().stream().allMatch(TextEdit.class::isInstance)) {
            tally.count("typing taken back");
        } else {
            witness.violations().add("edit-lost",
                    desktop + " dropped " + push + " of " + replica + ", which nobody has decided");
        }
    }

    private record Assigned(String element, String property, Object value) {}

    private static List<Object> values(List<? extends Operation> operations) {
        List<Object> values = new ArrayList<>();
        for (Operation operation : operations) {
            values.add(switch (operation) {
                case Assignment a -> new Assigned(a.element().toString(), a.property(), a.value());
                case TextEdit edit -> edit.id(); // the room transforms the rest
            });
        }
        return values;
    }

    /// The person was told what came together.
    void told(MergeReport report) {
        report.items().forEach(item -> {
            item.edits().forEach(
                    edit -> toldLost.add(new Assigned(edit.element().toString(), edit.property(), edit.value())));
            item.passages().forEach(passage -> typescript.lost(desktop, passage.content()));
        });
    }

    /// Whether the desktop has had to forget what it knew of the dashboard, for its person was not to see it.
    boolean isOf(String account) {
        return desktop.equals(account);
    }

    boolean isForgetful() {
        return forgetful;
    }

    /// What was acked stands in the log, or the person was told that the log has lost it.
    void checkLosses() {
        Chronicle log = witness.book().now();
        for (Decision decision : left.values()) {
            if (decision instanceof Decision.Accepted accepted && !log.holds(accepted) && !forgetful) {
                tally.count("acked edit lost by a restore");
                for (Operation operation : accepted.entry().operations()) {
                    if (operation instanceof Assignment lost && isMissed(lost, log)) {
                        witness.violations().add("loss-untold", desktop + " was not told that " + accepted.entry()
                                + " was lost");
                        return;
                    }
                }
            }
        }
    }

    private boolean isMissed(Assignment lost, Chronicle log) {
        Assignment standing = log.document().find(lost.element(), lost.property());
        return (standing == null || standing.stamp().compareTo(lost.stamp()) < 0)
                && !toldLost.contains(new Assigned(lost.element().toString(), lost.property(), lost.value()));
    }

    /// The person was told that an edit was refused.
    void told(MergeReport.Item lost) {
        tally.count("rejection told");
        Set<Object> values = new HashSet<>();
        lost.passages().forEach(passage -> {
            typescript.lost(desktop, passage.content());
            values.add(passage.text());
        });
        lost.edits()
                .forEach(edit -> values.add(new Assigned(edit.element().toString(), edit.property(), edit.value())));
        Iterator<List<Operation>> refused = untold.iterator();
        while (refused.hasNext()) {
            List<Operation> operations = refused.next();
            if (values.containsAll(values(operations.stream().filter(Ledger::canBeGivenBack).toList()))) {
                refused.remove();
                return;
            }
        }
    }

    /// What only deletes leaves nothing behind that could be shown.
    private static boolean canBeGivenBack(Operation operation) {
        boolean[] inserts = {!(operation instanceof TextEdit)};
        if (operation instanceof TextEdit edit) {
            edit.delta().visit(new Delta.Visitor() {
                @Override
                public void retain(int length) {}

                @Override
                public void insert(String text) {
                    inserts[0] = true;
                }

                @Override
                public void delete(int length) {}
            });
        }
        return inserts[0];
    }

    void checkAllTold() {
        if (!untold.isEmpty()) {
            witness.violations().add("rejection-untold", desktop + " was not told of " + untold);
        }
        if (!held.isEmpty()) {
            witness.violations().add("outbox-not-empty", desktop + " still holds " + held.values());
        }
    }
}
