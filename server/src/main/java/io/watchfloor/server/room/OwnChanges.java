package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import io.watchfloor.server.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The changes that the server makes in a room itself. Each speaks as a replica of its own, in as many pushes as it takes,
/// which become durable in one transaction. What it takes is made out anew whenever the change is decided: where other
/// instances were first, they may have done the same. Confined to its room's executor.
final class OwnChanges {

    private final DashboardId dashboard;
    private final RoomLog log;
    private final GroupCommit commit;
    private final RoomContext context;
    private final Map<Integer, Waiting> waiting = new HashMap<>();

    /// @param before head that the pushes were made on
    /// @param last number of the last one
    private record Waiting(long before, long last, CompletableFuture<Change.@Nullable Done> done) {}

    OwnChanges(DashboardId dashboard, RoomLog log, GroupCommit commit, RoomContext context) {
        this.dashboard = dashboard;
        this.log = log;
        this.commit = commit;
        this.context = context;
    }

    /// @param state of a replica that was never used
    /// @param done completes when the change is durable; fails with [RefusedException] where it is not admitted
    void make(String account, ReplicaState state, Change change, CompletableFuture<Change.@Nullable Done> done) {
        waiting.put(state.number(), new Waiting(log.head(), 0, done));
        commit.add(new GroupCommit.Own(account, state.number(), () -> pushes(state.number(), change, done)));
    }

    private List<ClientMessage.Push> pushes(int replica, Change change,
            CompletableFuture<Change.@Nullable Done> done) {
        long head = log.head();
        List<Operation> operations = change.operations(log.document(), head,
                () -> log.stamp(context.clock().getAsLong(), replica));
        if (operations.isEmpty()) {
            waiting.remove(replica);
            done.complete(new Change.Done(log.epoch(), head, head));
            return List.of();
        }
        List<ClientMessage.Push> pushes = new ArrayList<>();
        for (int from = 0; from < operations.size(); from += Limits.OPERATIONS_PER_PUSH) {
            pushes.add(new ClientMessage.Push(0, pushes.size() + 1L, operations.subList(from,
                    Math.min(operations.size(), from + Limits.OPERATIONS_PER_PUSH))));
        }
        waiting.put(replica, new Waiting(head, pushes.size(), done));
        return pushes;
    }

    /// Whether a change of a replica is under way.
    boolean waitsFor(int replica) {
        return waiting.containsKey(replica);
    }

    /// An entry came into the log, by this instance's commit or read back after one of unknown outcome.
    void logged(Entry entry) {
        Waiting change = waiting.get(entry.replica());
        if (change != null && entry.clientSeq() == change.last()) {
            waiting.remove(entry.replica());
            change.done().complete(new Change.Done(log.epoch(), change.before(), entry.revision()));
        }
    }

    void refused(Decision.Refused refused) {
        Waiting change = waiting.remove(refused.replica());
        if (change != null) {
            change.done().completeExceptionally(new RefusedException(refused.code(), refused.text()));
        }
    }

    /// A change turned out to be decided already. Where the log has not told how, the store does: a refusal is in no log.
    void decidedBefore(int replica) {
        Waiting change = waiting.get(replica);
        if (change != null) {
            context.store().replicas(dashboard, Set.of(replica))
                    .whenComplete((states, _) -> context.executor().execute(() -> {
                        if (waiting.remove(replica, change)) {
                            tell(change, states == null ? null : states.get(replica));
                        }
                    }));
        }
    }

    private void tell(Waiting change, @Nullable ReplicaState state) {
        List<Answer> answers = state == null || !state.epoch().equals(log.epoch())
                ? List.of()
                : state.recent().stream().map(Decided::answer).toList();
        for (Answer answer : answers) {
            switch (answer) {
                case Answer.Refused refused -> change.done()
                        .completeExceptionally(new RefusedException(refused.code(), refused.text()));
                case Answer.Accepted _ -> {} // told when its entry came
            }
        }
        change.done().completeExceptionally(
                new StoreException(
                        "The database cannot be asked at present; whether the change was made is not known."));
    }

    /// The room ends; what became of these is not known.
    void abandon() {
        waiting.values().forEach(change -> change.done().completeExceptionally(
                new StoreException("The dashboard is being read anew; whether the change was made is not known.")));
        waiting.clear();
    }
}
