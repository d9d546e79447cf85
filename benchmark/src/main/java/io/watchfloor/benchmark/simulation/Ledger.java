package io.watchfloor.benchmark.simulation;

import io.watchfloor.benchmark.simulation.LogBook.PushId;
import io.watchfloor.client.model.MergeReport;
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
import java.util.HashSet;
import java.util.Iterator;
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
    /// Which push of which desktop each entry of the log is; shared by all ledgers of a world.
    private final Map<PushId, String> explained;
    private final ArrayDeque<OutboxChange> underway = new ArrayDeque<>();
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

    Ledger(String desktop, Surroundings surroundings, Map<PushId, String> explained) {
        this.desktop = desktop;
        this.witness = surroundings.witness();
        this.typescript = surroundings.typescript();
        this.tally = surroundings.tally();
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
        for (long key : change.removed()) {
            OutboxPush push = held.remove(key);
            if (push != null) {
                explain(push, change.replica());
            }
        }
        for (OutboxPush push : change.put()) {
            OutboxPush before = held.put(push.key(), push);
            if (before == null || !values(before.operations()).equals(values(push.operations()))) {
                edits++;
            }
            if (before != null && before.sealed() && push.sealed() && !before.equals(push)) {
                witness.violations().add("sealed-changed", before + " became " + push);
            }
        }
        underway.addLast(change);
        given++;
    }

    /// @param upTo number of the change that is durable now, with all before it
    private void madeDurable(int opened, long upTo) {
        while (opened == process && durableUpTo < upTo && !underway.isEmpty()) {
            makeDurable(underway.removeFirst());
        }
    }

    private void makeDurable(OutboxChange change) {
        change.put().forEach(push -> durable.put(push.key(), push));
        change.removed().forEach(durable::remove);
        durableReplica = change.replica();
        durableUpTo++;
    }

    /// Why a push may leave the outbox.
    private void explain(OutboxPush push, OutboxReplica replica) {
        Decision decision = push.sealed()
                ? witness.book().decision(replica.number(), push.clientSeq())
                : null;
        switch (decision) {
            case Decision.Accepted accepted -> {
                PushId id = new PushId(accepted.replica(), accepted.clientSeq());
                if (!values(accepted.entry().operations()).equals(values(push.operations()))) {
                    witness.violations().add("other-body", desktop + " takes " + push + " for " + accepted);
                }
                String known = explained.put(id, desktop + " " + push.key());
                if (known != null && !known.equals(desktop + " " + push.key())) {
                    witness.violations().add("entry-taken-twice", id + " is " + known + " and " + push);
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

    /// The person was told that an edit was refused.
    void told(MergeReport.Item lost) {
        tally.count("rejection told");
        Set<Object> values = new HashSet<>();
        lost.passages().forEach(passage -> {
            typescript.refused(passage.content());
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
