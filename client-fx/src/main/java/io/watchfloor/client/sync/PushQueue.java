package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.CopyChange;
import io.watchfloor.client.sync.outbox.Held;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.outbox.OutboxChange;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxReplica;
import io.watchfloor.client.sync.outbox.OutboxText;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pushes of one dashboard that are not acked, in order: sealed ones, at most [Limits#PUSHES_IN_FLIGHT] of them,
/// then open ones. An open push can still change: a later edit of the same properties takes the place of the earlier.
/// A sealed one has its number and never changes again. Every change goes to the outbox at once.
///
/// Owner executor only.
final class PushQueue {

    /// An open push before and after its stamps were changed.
    record Restamped(OutboxPush before, OutboxPush after) {}

    private final DashboardId dashboard;
    private final Outbox outbox;
    private final Executor owner;
    private final TreeMap<Long, OutboxPush> pushes = new TreeMap<>();
    /// For each property the last open push that sets it.
    private final Map<Change, Long> latestOpen = new HashMap<>();
    private final WrittenTexts texts;
    private WaitingTexts typing = WaitingTexts.NONE;
    private OutboxReplica replica;
    private long lastKey;
    private long durableSeq;
    private int identity;

    PushQueue(DashboardId dashboard, Outbox outbox, Executor owner) {
        this.dashboard = dashboard;
        this.outbox = outbox;
        this.owner = owner;
        Held held = outbox.held().get(dashboard);
        texts = new WrittenTexts(held == null ? List.of() : held.texts());
        replica = held == null ? OutboxReplica.fresh(outbox.replica()) : held.replica();
        if (held != null) {
            held.pushes().forEach(this::put);
            lastKey = pushes.isEmpty() ? 0 : pushes.lastKey();
            durableSeq = replica.lastSeq();
        }
    }

    OutboxReplica replica() {
        return replica;
    }

    List<OutboxPush> all() {
        return List.copyOf(pushes.values());
    }

    /// Edits, as a person counts them.
    int size() {
        return pushes.size() + texts.unsent();
    }

    /// What was typed before the outbox was opened, or since.
    List<OutboxText> texts() {
        return texts.all();
    }

    /// From now on what was typed comes from there.
    void attach(WaitingTexts source) {
        typing = source;
    }

    /// Something was typed.
    void typed() {
        write(List.of(), List.of());
    }

    /// The sealed push with a number, or null where there is none.
    @Nullable
    OutboxPush find(long clientSeq) {
        for (OutboxPush push : pushes.values()) {
            if (push.clientSeq() == clientSeq) {
                return push;
            }
            if (!push.sealed()) {
                return null; // no sealed one comes after an open one
            }
        }
        return null;
    }

    /// Adds an edit: to the last open push that holds all its properties, where no later one touches them, else as a
    /// push of its own.
    ///
    /// @return the push that holds it now
    OutboxPush add(String label, List<Assignment> assignments) {
        OutboxPush merged = merge(assignments);
        OutboxPush push = merged != null ? merged : new OutboxPush(++lastKey, 0, label, List.copyOf(assignments));
        put(push);
        write(List.of(push), List.of());
        return push;
    }

    private @Nullable OutboxPush merge(List<Assignment> assignments) {
        Long key = latestOpen.get(register(assignments.getFirst()));
        OutboxPush push = key == null ? null : pushes.get(key);
        if (push == null
                || !assignments.stream().allMatch(a -> Objects.equals(key, latestOpen.get(register(a))))
                || assignments.stream().anyMatch(a -> creates(push, a.element())
                        && a.property().equals(Properties.EXISTS))) {
            return null;
        }
        List<Operation> replaced = new ArrayList<>(push.operations());
        assignments.forEach(a -> replaced.set(indexOf(replaced, a), a));
        return push.open(replaced);
    }

    /// The log takes an element only as one that exists, so its removal is an edit of its own.
    private static boolean creates(OutboxPush push, ElementId element) {
        return push.assignments().stream()
                .anyMatch(a -> a.element().equals(element) && a.property().equals(Properties.KIND));
    }

    private static Change register(Assignment assignment) {
        return new Change(assignment.element(), assignment.property());
    }

    private static int indexOf(List<Operation> operations, Assignment wanted) {
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof Assignment assignment && assignment.element().equals(wanted.element())
                    && assignment.property().equals(wanted.property())) {
                return i;
            }
        }
        return -1;
    }

    boolean hasOpen() {
        return (!pushes.isEmpty() && !pushes.lastEntry().getValue().sealed()) || typing.ready() != null;
    }

    /// Gives numbers to open pushes as far as the window allows.
    ///
    /// @param durable run on the owner executor once they are on disk; not where the replica was changed meanwhile
    void seal(Runnable durable) {
        List<OutboxPush> sealed = new ArrayList<>();
        long inFlight = pushes.values().stream().filter(OutboxPush::sealed).count();
        long seq = replica.lastSeq();
        for (OutboxPush push : pushes.values()) {
            if (!push.sealed() && inFlight + sealed.size() < Limits.PUSHES_IN_FLIGHT) {
                seq++;
                sealed.add(push.sealed(seq));
            }
        }
        sealed.forEach(this::put);
        // an element is created before anything is typed into it
        boolean allSealed = pushes.values().stream().allMatch(OutboxPush::sealed);
        for (TextId text = typing.ready(); text != null && allSealed
                && inFlight + sealed.size() < Limits.PUSHES_IN_FLIGHT; text = typing.ready()) {
            seq++;
            OutboxPush push = typing.send(text, ++lastKey, seq);
            put(push);
            sealed.add(push);
        }
        if (sealed.isEmpty()) {
            return;
        }
        replica = replica.withLastSeq(seq);
        long upTo = seq;
        int sealedAs = identity;
        outbox.write(new OutboxChange(dashboard, replica, sealed, List.of(), changedTexts(), List.of()),
                () -> owner.execute(() -> {
                    if (identity == sealedAs) {
                        durableSeq = Math.max(durableSeq, upTo);
                        durable.run();
                    }
                }));
    }

    /// Sealed and durable pushes with a greater number, in order.
    List<OutboxPush> sendable(long afterSeq) {
        return pushes.values().stream()
                .filter(push -> push.sealed() && push.clientSeq() > afterSeq && push.clientSeq() <= durableSeq)
                .toList();
    }

    /// Takes a push out, as it was refused.
    void remove(OutboxPush push) {
        takeOut(push);
        write(List.of(), List.of(push.key()));
    }

    /// Takes a push out that is in the log now. That need not be on disk at once: sent again, it is answered again.
    void remove(OutboxPush push, List<CopyChange> copy) {
        takeOut(push);
        outbox.writeBehind(new OutboxChange(dashboard, replica, List.of(), List.of(push.key()),
                changedTexts(), copy));
    }

    /// Changes the kept copy.
    void keep(CopyChange change) {
        outbox.writeBehind(new OutboxChange(dashboard, replica, List.of(), List.of(), changedTexts(),
                List.of(change)));
    }

    /// Takes over the number that the dashboard gave to the replica.
    ///
    /// @return pushes whose stamps were made without that number and now carry it
    List<Restamped> joined(int number, Epoch epoch) {
        if (replica.number() == number && epoch.equals(replica.epoch())) {
            return List.of();
        }
        replica = replica.joined(number, epoch);
        List<Restamped> restamped = new ArrayList<>();
        for (OutboxPush push : all()) {
            if (!push.sealed()) {
                restamped.add(new Restamped(push, push.open(push.operations().stream()
                        .map(operation -> numbered(operation, number)).toList())));
            }
        }
        restamped.forEach(change -> put(change.after()));
        if (!pushes.isEmpty()) {
            write(restamped.stream().map(Restamped::after).toList(), List.of());
        }
        return restamped;
    }

    private static Operation numbered(Operation operation, int number) {
        return switch (operation) {
            case Assignment assignment -> assignment.withStamp(assignment.stamp().withReplica(number));
            case TextEdit edit -> edit;
        };
    }

    /// Makes all pushes open again, under another replica that has not joined yet.
    ///
    /// @param epoch of the log that the copy is of; null where there is none
    /// @param takeBack takes the deltas of a push back, which are pushed anew later
    void renew(ReplicaId id, @Nullable Epoch epoch, Consumer<OutboxPush> takeBack) {
        identity++;
        durableSeq = 0;
        replica = new OutboxReplica(id, OutboxReplica.NO_NUMBER, epoch, 0);
        List<OutboxPush> reopened = new ArrayList<>();
        List<Long> removed = new ArrayList<>();
        for (OutboxPush push : all()) {
            takeBack.accept(push);
            if (push.assignments().isEmpty()) {
                takeOut(push);
                removed.add(push.key());
            } else {
                reopened.add(push.open(push.assignments()));
            }
        }
        reopened.forEach(this::put);
        write(reopened, removed);
    }

    private void put(OutboxPush push) {
        pushes.put(push.key(), push);
        push.assignments().forEach(a -> {
            if (push.sealed()) {
                latestOpen.remove(register(a), push.key());
            } else {
                latestOpen.merge(register(a), push.key(), Math::max);
            }
        });
    }

    private void takeOut(OutboxPush push) {
        pushes.remove(push.key());
        push.assignments().forEach(a -> latestOpen.remove(register(a), push.key()));
    }

    private void write(List<OutboxPush> put, List<Long> removed) {
        outbox.write(new OutboxChange(dashboard, replica, put, removed, changedTexts(), List.of()), () -> {});
    }

    private List<OutboxText> changedTexts() {
        return texts.changed(typing);
    }
}
