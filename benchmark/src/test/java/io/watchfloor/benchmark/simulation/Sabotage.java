package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.room.Access;
import io.watchfloor.server.session.Transport;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.ReplicaState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ways to be wrong, each in one part that stands in the place of a sound one.
@SuppressWarnings("ImmutableEnumChecker") // what is made anew for each run is not
enum Sabotage {

    /// The store says that it is durable before it is.
    ACK_BEFORE_COMMIT(Set.of("told-not-durable"), () -> new Parts() {

        @Override
        public DashboardStore store(DashboardStore store, Lifetime instance) {
            return Interposed.on(DashboardStore.class, store, (method, _, call) -> {
                Object result = call.call();
                return method.equals("append")
                        ? CompletableFuture.completedStage(new AppendResult.Appended())
                        : result;
            });
        }
    }),
    /// A commit whose outcome nobody knows is taken for done.
    UNKNOWN_TAKEN_FOR_DONE(Set.of("told-not-durable"), () -> new Parts() {

        @Override
        public DashboardStore store(DashboardStore store, Lifetime instance) {
            return onAnswer(store, "append", answer -> answer instanceof AppendResult.Unknown
                    ? new AppendResult.Appended()
                    : answer);
        }
    }),
    /// Who comes again is taken for somebody new, and what he sends again for something new.
    NO_DEDUPE(Set.of("edit-doubled", "edit-lost", "entry-taken-twice", "typing-doubled", "typing-lost"),
            () -> new Parts() {

                private long number;

                @Override
                public DashboardStore store(DashboardStore store, Lifetime instance) {
                    return Interposed.on(DashboardStore.class, store, (method, _, call) -> method.equals("register")
                            ? store.register(Database.DASHBOARD, new ReplicaId(new UUID(9, ++number)), "anybody")
                            : call.call());
                }
            }),
    /// A replica that comes is told that nothing of it was decided.
    STALE_HIGH_WATER(Set.of("push-order", "never-quiet", "edit-doubled", "decided-twice", "typing-doubled"),
            () -> new Parts() {

                @Override
                public DashboardStore store(DashboardStore store, Lifetime instance) {
                    return onAnswer(store, "register", answer -> answer instanceof ReplicaState state
                            ? new ReplicaState(state.epoch(), state.number(), 0, List.of())
                            : answer);
                }
            }),
    /// Where entries are missing, nobody looks for them.
    NO_GAP_FILL(Set.of("never-quiet", "acked-before-told"), () -> new Parts() {

        @Override
        public DashboardStore store(DashboardStore store, Lifetime instance) {
            return onAnswer(store, "entriesAfter", answer -> List.of());
        }
    }),
    /// Nobody asks how far the log has come, so that a lost last message stays lost.
    NO_HIGH_WATER_BEAT(Set.of("never-quiet"), () -> new Parts() {

        @Override
        public DashboardStore store(DashboardStore store, Lifetime instance) {
            List<Object> first = new ArrayList<>();
            return onAnswer(store, "heads", answer -> {
                if (first.isEmpty() && answer != null) {
                    first.add(answer);
                }
                return first.isEmpty() ? answer : first.getFirst();
            });
        }

        @Override
        public Transport speaking(Transport connection) {
            return Faulty.speaking(connection, message -> message instanceof ServerMessage.Beat ? null : message);
        }
    }),
    /// A desktop hears no beats, so that it never misses a lost last message.
    NO_BEAT(Set.of("never-quiet"), () -> new Parts() {

        @Override
        public Transport speaking(Transport connection) {
            return Faulty.speaking(connection, message -> message instanceof ServerMessage.Beat ? null : message);
        }
    }),
    /// A desktop creates things in a way that the server does not take for a creation.
    CREATION_LEFT_OUT(Set.of("refused-without-cause"), () -> new Parts() {

        @Override
        public io.watchfloor.client.sync.transport.Transport network(
                io.watchfloor.client.sync.transport.Transport network) {
            return Faulty.hearing(network, frame -> frame, frame -> {
                List<byte[]> said = new ArrayList<>();
                for (ClientMessage message : CODEC.decodeAll(frame, ClientMessage.class)) {
                    said.add(CODEC.encode(message instanceof ClientMessage.Push push
                            ? new ClientMessage.Push(push.room(), push.clientSeq(), uncreated(push))
                            : message));
                }
                return CODEC.join(said);
            });
        }

        private List<Operation> uncreated(ClientMessage.Push push) {
            return push.operations().stream().<Operation>map(operation -> operation instanceof Assignment a
                    && a.property().equals(Properties.EXISTS)
                            ? new Assignment(a.element(), a.property(), Value.of(false), a.stamp())
                            : operation)
                    .toList();
        }
    }),
    /// Who comes again is told all that he missed but the last of it.
    PARTIAL_CATCH_UP(Set.of("told-out-of-order", "beat-beyond-told", "acked-before-told"), () -> new Parts() {

        @Override
        public Transport speaking(Transport connection) {
            return Faulty.speaking(connection, message -> message instanceof ServerMessage.Joined joined
                    && !joined.entries().isEmpty()
                            ? new ServerMessage.Joined(joined.dashboard(), joined.room(), joined.right(),
                                    joined.epoch(), joined.replica(), joined.highWater(), joined.authors(),
                                    joined.snapshot(),
                                    joined.entries().subList(0, joined.entries().size() - 1))
                            : message);
        }
    }),
    /// Of two edits of the same moment each desktop keeps the one that came last.
    NO_TIE_BREAK(Set.of("desktop-diverged"), () -> new Parts() {

        @Override
        public io.watchfloor.client.sync.transport.Transport network(
                io.watchfloor.client.sync.transport.Transport network) {
            Map<Person.Place, Stamp> newest = new HashMap<>();
            return hearing(network, message -> message instanceof ServerMessage.Committed(int room, Entry entry)
                    ? new ServerMessage.Committed(room, with(entry, operations(entry, newest)))
                    : message);
        }

        private List<Operation> operations(Entry entry, Map<Person.Place, Stamp> newest) {
            List<Operation> operations = new ArrayList<>();
            for (Operation operation : entry.operations()) {
                if (operation instanceof Assignment a) {
                    Person.Place place = new Person.Place(a.element(), a.property());
                    Stamp last = newest.getOrDefault(place, a.stamp());
                    boolean tie = last.wall() == a.stamp().wall() && last.counter() == a.stamp().counter();
                    Stamp stamp = tie && last.replica() > a.stamp().replica()
                            ? a.stamp().withReplica(last.replica() + 1)
                            : a.stamp();
                    newest.put(place, stamp);
                    operations.add(a.withStamp(stamp));
                } else {
                    operations.add(operation);
                }
            }
            return operations;
        }
    }, 400),
    /// An author is not told under which stamps his edit was logged.
    RESTAMP_NOT_TOLD(Set.of("desktop-diverged"), () -> new Parts() {

        @Override
        public io.watchfloor.client.sync.transport.Transport network(
                io.watchfloor.client.sync.transport.Transport network) {
            Map<Long, List<Operation>> pushed = new HashMap<>();
            int[] own = {-1};
            return Faulty.hearing(network, frame -> Faulty.changed(frame, message -> switch (message) {
                case ServerMessage.Joined joined -> {
                    own[0] = joined.replica();
                    yield joined;
                }
                case ServerMessage.Committed(int room, Entry entry) when entry.replica() == own[0] ->
                    new ServerMessage.Committed(room,
                            with(entry, pushed.getOrDefault(entry.clientSeq(), entry.operations())));
                default -> message;
            }), frame -> {
                CODEC.decodeAll(frame, ClientMessage.class).forEach(message -> {
                    if (message instanceof ClientMessage.Push push) {
                        pushed.put(push.clientSeq(), push.operations());
                    }
                });
                return frame;
            });
        }
    }),
    /// What is typed is passed off as typed on the newest text, so that nobody merges it with what others typed.
    TYPING_NOT_TRANSFORMED(Set.of("typing-torn", "typing-lost", "typing-doubled"), () -> new Parts() {

        @Override
        public io.watchfloor.client.sync.transport.Transport network(
                io.watchfloor.client.sync.transport.Transport network) {
            long[] newest = new long[1];
            return Faulty.hearing(network, frame -> Faulty.changed(frame, message -> {
                if (message instanceof ServerMessage.Committed committed) {
                    newest[0] = Math.max(newest[0], committed.entry().revision());
                } else if (message instanceof ServerMessage.Joined) {
                    newest[0] = 0; // it may be another log
                }
                return message;
            }), frame -> {
                List<byte[]> said = new ArrayList<>();
                for (ClientMessage message : CODEC.decodeAll(frame, ClientMessage.class)) {
                    said.add(CODEC.encode(message instanceof ClientMessage.Push push
                            ? new ClientMessage.Push(push.room(), push.clientSeq(), onNewest(push, newest[0]))
                            : message));
                }
                return CODEC.join(said);
            });
        }

        private List<Operation> onNewest(ClientMessage.Push push, long newest) {
            return push.operations().stream().<Operation>map(operation -> operation instanceof TextEdit edit
                    ? new TextEdit(edit.element(), edit.property(), Math.max(newest, edit.base()), edit.delta())
                    : operation).toList();
        }
    }, 400),
    /// An instance takes every epoch for the one that it has loaded.
    EPOCH_NOT_CHECKED(Set.of("told-not-durable", "revision-gap", "snapshot-wrong", "server-diverged", "never-quiet",
            "decided-twice", "push-order", "edit-lost", "acked-not-durable", "desktop-diverged"), () -> new Parts() {

                @Override
                public DashboardStore store(DashboardStore store, Lifetime instance) {
                    return new OneEpoch(store).port();
                }
            }, 200),
    /// A desktop is told of no other epoch than the first.
    EPOCH_NOT_TOLD(Set.of("desktop-diverged", "never-quiet", "edit-lost", "edit-doubled", "loss-untold",
            "told-out-of-order", "other-body", "typing-lost"), () -> new Parts() {

                @Override
                public io.watchfloor.client.sync.transport.Transport network(
                        io.watchfloor.client.sync.transport.Transport network) {
                    List<Epoch> first = new ArrayList<>();
                    return hearing(network, message -> {
                        if (message instanceof ServerMessage.Joined joined) {
                            first.add(joined.epoch());
                            return new ServerMessage.Joined(joined.dashboard(), joined.room(), joined.right(),
                                    first.getFirst(), joined.replica(), joined.highWater(), joined.authors(),
                                    joined.snapshot(),
                                    joined.entries());
                        }
                        return message;
                    });
                }
            }, 200),
    /// A desktop does not learn what the log holds of its replica, and pushes all of it again under another one.
    HIGH_WATER_NOT_TOLD(Set.of("edit-doubled", "typing-doubled", "entry-taken-twice", "undo-not-mine"),
            () -> new Parts() {

                @Override
                public io.watchfloor.client.sync.transport.Transport network(
                        io.watchfloor.client.sync.transport.Transport network) {
                    return hearing(network, message -> message instanceof ServerMessage.Joined joined
                            ? new ServerMessage.Joined(joined.dashboard(), joined.room(), joined.right(),
                                    joined.epoch(), joined.replica(), 0, joined.authors(), joined.snapshot(),
                                    joined.entries())
                            : message);
                }
            }, 2_000),
    /// An author is not told that his edit was refused.
    REJECTION_NOT_TOLD(Set.of("never-quiet"), () -> new Parts() {

        @Override
        public Transport speaking(Transport connection) {
            return Faulty.speaking(connection,
                    message -> message instanceof ServerMessage.Rejected ? null : message);
        }
    }),
    /// An instance asks nobody whether people may still edit.
    RIGHTS_NOT_ASKED(Set.of("edit-without-right"), () -> new Parts() {

        @Override
        public Access access(Access access) {
            return (_, _) -> Right.EDIT;
        }
    }, 200),
    /// Every fifth change of an outbox is told to be durable and is not.
    LOST_OUTBOX_WRITE(Set.of("outbox-lost"), () -> new Parts() {

        private int writes;

        @Override
        public Outbox outbox(Outbox outbox) {
            return Interposed.on(Outbox.class, outbox, (method, arguments, call) -> {
                if (method.equals("write") && arguments != null && arguments[1] instanceof Runnable durable
                        && ++writes % 5 == 0) {
                    durable.run();
                    return null;
                }
                return call.call();
            });
        }
    }, 200),
    /// Undo puts back what stood there before, whoever has changed it since.
    UNDO_REVERTS_COLLEAGUES(Set.of("undo-not-mine"), () -> new Parts() {

        @Override
        public Hand hand() {
            return new Hand() {

                private @Nullable ElementId widget;
                private String before = "";

                @Override
                boolean rename(DashboardModel model, ElementId renamed, String title) {
                    Assignment shown = model.replica().find(renamed, Properties.TITLE);
                    widget = renamed;
                    before = shown != null && shown.value() instanceof Value.Str(String text) ? text : "";
                    return super.rename(model, renamed, title);
                }

                @Override
                void undo(DashboardModel model) {
                    if (widget != null) {
                        model.editor().assign("Undo", widget, Properties.TITLE, Value.of(before));
                    }
                }
            };
        }
    });

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    private final Set<String> rules;
    private final Supplier<Parts> parts;
    private final int seeds;

    /// @param rules the promises that it may be found to break first
    Sabotage(Set<String> rules, Supplier<Parts> parts) {
        this(rules, parts, 100);
    }

    Sabotage(Set<String> rules, Supplier<Parts> parts, int seeds) {
        this.rules = rules;
        this.parts = parts;
        this.seeds = seeds;
    }

    Set<String> rules() {
        return rules;
    }

    /// New ones for each run.
    Parts parts() {
        return parts.get();
    }

    /// Within how many seeds it is caught.
    int seeds() {
        return seeds;
    }

    /// Changes what a method of the store answers.
    private static DashboardStore onAnswer(DashboardStore store, String of,
            java.util.function.UnaryOperator<@Nullable Object> change) {
        return Interposed.on(DashboardStore.class, store, (method, _, call) -> {
            Object result = call.call();
            return method.equals(of) && result instanceof CompletionStage<?> stage
                    ? stage.thenApply(change)
                    : result;
        });
    }

    private static io.watchfloor.client.sync.transport.Transport hearing(
            io.watchfloor.client.sync.transport.Transport network, Faulty.Change change) {
        return Faulty.hearing(network, frame -> Faulty.changed(frame, change), frame -> frame);
    }

    private static Entry with(Entry entry, List<Operation> operations) {
        return new Entry(entry.revision(), entry.replica(), entry.clientSeq(), entry.author(), entry.at(), operations);
    }
}
