package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.store.Decision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Hears what instances say at the moment they say it, and holds it against the reference: only what is durable may be
/// told, whole, once and in order. Confined to its run's thread.
final class Witness {

    /// What one connection has been told, by room.
    static final class Hearing {

        private final String who;

        private final Map<Integer, Room> rooms = new HashMap<>();

        /// @param who speaks to whom
        Hearing(String who) {
            this.who = who;
        }
    }

    private static final class Room {

        private final Chronicle log;
        private final int replica;
        private long revision;

        Room(Chronicle log, int replica, long revision) {
            this.log = log;
            this.replica = replica;
            this.revision = revision;
        }
    }

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    private final LogBook book;
    private final Scheduler scheduler;
    private final Tally tally;
    private final Run.Violations violations;
    private final Story story;
    private byte @Nullable [] lastFrame;
    private List<ServerMessage> lastMessages = List.of();
    private long trace;

    Witness(LogBook book, Scheduler scheduler, Tally tally, Run.Violations violations, Story story) {
        this.book = book;
        this.scheduler = scheduler;
        this.tally = tally;
        this.violations = violations;
        this.story = story;
    }

    LogBook book() {
        return book;
    }

    Tally tally() {
        return tally;
    }

    Story story() {
        return story;
    }

    Run.Violations violations() {
        return violations;
    }

    /// Changes with everything that was said, and when.
    long trace() {
        return trace;
    }

    void heard(Hearing hearing, byte[] frame) {
        trace = (trace * 31 + Arrays.hashCode(frame)) * 31 + scheduler.now();
        if (!Arrays.equals(frame, lastFrame)) {
            lastFrame = frame; // one frame goes to many
            lastMessages = CODEC.decodeAll(frame, ServerMessage.class);
        }
        for (ServerMessage message : lastMessages) {
            story.tell(() -> hearing.who + ": " + message);
            check(hearing, message);
        }
    }

    private void check(Hearing hearing, ServerMessage message) {
        switch (message) {
            case ServerMessage.Joined joined -> joined(hearing, joined);
            case ServerMessage.Committed committed -> committed(hearing.rooms.get(committed.room()), committed);
            case ServerMessage.Acked acked -> acked(hearing.rooms.get(acked.room()), acked);
            case ServerMessage.Rejected rejected -> rejected(hearing.rooms.get(rejected.room()), rejected);
            case ServerMessage.Beat beat -> beat(hearing.rooms.get(beat.room()), beat);
            case ServerMessage.Granted(int room, Right right) -> {
                if (right == Right.NONE) {
                    hearing.rooms.remove(room);
                }
            }
            case ServerMessage.Failed failed -> tally.count("refused request " + failed.code());
            case ServerMessage.Closing closing -> tally.count("closed by the server with " + closing.code());
            case ServerMessage.NotJoined notJoined -> tally.count("join refused " + notJoined.code());
            default -> {
                // nothing that the log could tell
            }
        }
    }

    private void joined(Hearing hearing, ServerMessage.Joined joined) {
        Chronicle log = book.of(joined.epoch());
        if (log == null) {
            violations.add("told-not-durable", "a join was told of an epoch that there never was");
            return;
        }
        long revision = joined.snapshot() == null ? -1 : joined.snapshot().revision();
        if (joined.snapshot() != null) {
            tally.count("join with a snapshot");
            if (!Document.of(joined.snapshot()).stateHash().equals(log.hash(revision))) {
                violations.add("snapshot-wrong", "the snapshot of revision " + revision + " is not what the log gives");
            }
        } else {
            tally.count(joined.entries().isEmpty() ? "join with nothing" : "join with entries");
        }
        for (Entry entry : joined.entries()) {
            if (revision >= 0 && entry.revision() != revision + 1) {
                violations.add("catch-up-gap", "a join was told revision " + entry.revision() + " after " + revision);
            }
            durable(log, entry);
            revision = entry.revision();
        }
        hearing.rooms.put(joined.room(), new Room(log, joined.replica(), revision));
    }

    private void durable(Chronicle log, Entry entry) {
        if (!entry.equals(log.entry(entry.revision()))) {
            violations.add("told-not-durable",
                    "told: " + entry + "; the log has: " + log.entry(entry.revision()));
        }
    }

    private void committed(@Nullable Room room, ServerMessage.Committed committed) {
        Entry entry = committed.entry();
        durable(room == null ? book.now() : room.log, entry);
        if (room == null) {
            violations.add("told-uninvited", "revision " + entry.revision() + " was told where no room was joined");
        } else {
            if (room.revision >= 0 && entry.revision() != room.revision + 1) {
                violations.add("told-out-of-order",
                        "revision " + entry.revision() + " was told after " + room.revision);
            }
            room.revision = entry.revision();
        }
    }

    private void acked(@Nullable Room room, ServerMessage.Acked acked) {
        tally.count("push acked again");
        if (room == null) {
            return;
        }
        String push = "push " + acked.clientSeq() + " of replica " + room.replica;
        if (!(room.log.decision(room.replica, acked.clientSeq()) instanceof Decision.Accepted accepted)) {
            violations.add("acked-not-durable", push);
        } else if (room.revision >= 0 && accepted.entry().revision() > room.revision) {
            violations.add("acked-before-told", push + " is revision " + accepted.entry().revision()
                    + ", told was " + room.revision);
        }
    }

    private void rejected(@Nullable Room room, ServerMessage.Rejected rejected) {
        tally.count("push rejected");
        if (room != null && !(room.log.decision(room.replica, rejected.clientSeq()) instanceof Decision.Refused)) {
            violations.add("rejected-not-durable", "push " + rejected.clientSeq() + " of replica " + room.replica);
        }
    }

    private void beat(@Nullable Room room, ServerMessage.Beat beat) {
        if (room != null && !beat.hash().equals(room.log.hash(beat.revision()))) {
            violations.add("server-diverged", "the hash told for revision " + beat.revision()
                    + " is not that of the log");
        }
        if (room != null && room.revision >= 0 && room.revision != beat.revision()) {
            violations.add("beat-beyond-told", "the beat is at " + beat.revision() + ", told was " + room.revision);
        }
    }
}
