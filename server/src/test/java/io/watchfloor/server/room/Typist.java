package io.watchfloor.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Delta;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.Entry;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.ServerMessage;
import java.util.Objects;
import java.util.SplittableRandom;

/// A client that does nothing but type into one text. Confined to its test.
final class Typist {

    private static final String[] PIECES = {"a", "bc", "😀", "e\u0301", "\n", "word "};

    final World.Guest guest;
    final ReplicaDocument document = new ReplicaDocument();
    private final Rooms rooms;
    private final TextId text;
    private int heard;
    private long lastSeq;

    Typist(Rooms rooms, World.Guest guest, TextId text) {
        this.rooms = rooms;
        this.guest = guest;
        this.text = text;
        ServerMessage.Joined joined = guest.joined();
        document.reset(Objects.requireNonNullElse(joined.snapshot(), Snapshot.EMPTY));
        joined.entries().forEach(entry -> document.confirm(entry, null));
        heard = guest.told.size();
    }

    String shown() {
        return document.text(text);
    }

    void type(SplittableRandom random) {
        String now = shown();
        int from = boundary(now, random.nextInt(now.length() + 1));
        int to = boundary(now, Math.min(now.length(), from + random.nextInt(4)));
        DeltaBuilder delta = new DeltaBuilder().retain(from);
        if (random.nextInt(3) > 0) {
            delta.insert(PIECES[random.nextInt(PIECES.length)]);
        }
        if (random.nextInt(3) == 0) {
            delta.delete(Math.max(0, to - from));
        }
        Delta typed = delta.build();
        if (!typed.isEmpty()) {
            document.edit(text, typed);
            push();
        }
    }

    private static int boundary(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private void push() {
        for (TextId ready : document.ready()) {
            lastSeq++;
            assertThat(rooms.push(guest, guest.push(lastSeq, document.send(lastSeq, ready)))).isTrue();
        }
    }

    void listen() {
        while (heard < guest.told.size()) {
            switch (guest.told.get(heard++)) {
                case ServerMessage.Committed committed -> {
                    Entry entry = committed.entry();
                    document.confirm(entry, entry.replica() == guest.joined().replica() ? entry.clientSeq() : null);
                }
                case ServerMessage.Rejected rejected -> throw new AssertionError(rejected.text());
                case ServerMessage.Failed failed -> throw new AssertionError(failed.text());
                default -> {}
            }
        }
        push();
    }
}
