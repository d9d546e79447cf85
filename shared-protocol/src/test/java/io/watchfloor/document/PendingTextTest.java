package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingTextTest {

    @Test
    void pending_TXT6_isOneDeltaInFlightAndOneBuffered() {
        PendingText text = PendingText.of(Rope.of("note")).edit(Delta.insert(4, "s"));
        assertThat(text.isReady()).isTrue();
        text = text.send().edit(Delta.insert(5, " of")).edit(Delta.insert(8, " today"));
        assertThat(text.isReady()).isFalse();
        assertThat(text.inFlight()).isEqualTo(Delta.insert(4, "s"));
        assertThat(text.buffered()).isEqualTo(Delta.insert(5, " of today"));
        assertThat(text.shown()).hasToString("notes of today");
        PendingText sent = text;
        assertThatThrownBy(sent::send).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sent.edit(Delta.delete(9, 9))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pending_TXT6_isCarriedPastWhatOthersTyped() {
        PendingText text = PendingText.of(Rope.of("note")).edit(Delta.insert(4, "s")).send().edit(Delta.insert(5, "!"));
        PendingText.Outcome outcome = text.committedByOther(Delta.insert(0, "my "));
        assertThat(outcome.text().shown()).hasToString("my notes!");
        assertThat(outcome.shown()).isEqualTo(Delta.insert(0, "my "));
        outcome = outcome.text().acked(Delta.insert(7, "s"));
        assertThat(outcome.text()).isEqualTo(new PendingText(Rope.of("my notes"), null, Delta.insert(8, "!")));
        assertThat(outcome.shown()).isEqualTo(Delta.NONE);
    }

    @Test
    void pending_TXT6_isCarriedOverWhereTheLogHoldsAnotherDelta() {
        PendingText text = PendingText.of(Rope.of("")).edit(Delta.insert(0, "one")).send()
                .edit(Delta.insert(3, " two"));
        PendingText.Outcome outcome = text.acked(Delta.insert(0, "ONE AND"));
        assertThat(outcome.text().shown()).hasToString("ONE AND two");
        assertThat(outcome.shown().apply("one two")).isEqualTo("ONE AND two");
    }

    @Test
    void pending_TXT6_losesOnlyWhatWasRefused() {
        PendingText text = PendingText.of(Rope.of("a")).edit(Delta.insert(1, "b")).send().edit(Delta.insert(2, "c"));
        PendingText.Outcome outcome = text.dropped();
        assertThat(outcome.text()).isEqualTo(new PendingText(Rope.of("a"), null, Delta.insert(1, "c")));
        assertThat(outcome.shown()).isEqualTo(Delta.delete(1, 1));
    }

    @Test
    void pending_TXT7_waitsAgainWhereItsBaseIsGone() {
        PendingText text = PendingText.of(Rope.of("a")).edit(Delta.insert(1, "b")).send().edit(Delta.insert(2, "c"));
        assertThat(text.returned()).isEqualTo(new PendingText(Rope.of("a"), null, Delta.insert(1, "bc")));
        assertThat(text.returned().isReady()).isTrue();
    }

    @Test
    void pending_TXT7_isCarriedOverTheDifferenceToASnapshot() {
        PendingText text = PendingText.of(Rope.of("disk full on db-1")).edit(Delta.insert(17, ", cleaning")).send()
                .edit(Delta.insert(0, "14:02 "));
        List<PendingText.Outcome> steps = text.reset("disk almost full on db-7");
        assertThat(steps.getLast().text().shown()).hasToString("14:02 disk almost full on db-7, cleaning");
        Rope shown = text.shown();
        for (PendingText.Outcome step : steps) {
            shown = step.shown().apply(shown);
        }
        assertThat(shown).hasToString("14:02 disk almost full on db-7, cleaning");
    }

    @Test
    void pending_TXT7_withMorePiecesThanAPushMayHaveIsSentWhole() {
        String base = "ab".repeat(3 * Limits.DELTA_COMPONENTS);
        DeltaBuilder scattered = new DeltaBuilder();
        for (int i = 0; i < Limits.DELTA_COMPONENTS; i++) {
            scattered.retain(2).insert("x");
        }
        PendingText text = PendingText.of(Rope.of(base)).edit(scattered.build());
        PendingText sent = text.send();
        assertThat(Limits.problemOf(Objects.requireNonNull(sent.inFlight()))).isNull();
        assertThat(sent.shown()).isEqualTo(text.shown());
    }

    /// Several people at one text over a log that transforms what it takes: whatever is on its way, all end with the text
    /// of the log, and nobody's characters are lost.
    @Test
    void pending_TXT8_everyoneEndsWithTheTextOfTheLog() {
        RandomText random = new RandomText(8);
        for (int round = 0; round < 2_000; round++) {
            Log log = new Log(random.text(8));
            List<Writer> writers = new ArrayList<>();
            for (int i = 2 + random.below(4); i > 0; i--) {
                writers.add(new Writer(log, random));
            }
            for (int step = 0; step < 60; step++) {
                writers.get(random.below(writers.size())).act();
            }
            while (writers.stream().anyMatch(Writer::isBusy)) {
                writers.forEach(Writer::finish);
            }
            for (Writer writer : writers) {
                assertThat(writer.text.shown()).hasToString(log.text);
                assertThat(writer.seen).as("what the deltas told").isEqualTo(log.text);
            }
            assertThat(Limits.problemOfCharacters(log.text)).isNull();
        }
    }

    /// Holds what a room does: each delta is transformed past all that was logged since it was made.
    private static final class Log {

        private final String start;
        private String text;
        private final List<Delta> deltas = new ArrayList<>();
        private final List<Writer> authors = new ArrayList<>();

        Log(String start) {
            this.start = start;
            this.text = start;
        }

        void append(Writer author, int base, Delta delta) {
            Delta logged = delta;
            for (Delta since : deltas.subList(base, deltas.size())) {
                logged = logged.transform(since, Delta.Side.RIGHT);
            }
            text = logged.apply(text);
            deltas.add(logged);
            authors.add(author);
        }
    }

    private record Pushed(int base, Delta delta) {}

    private static final class Writer {

        private final Log log;
        private final RandomText random;
        private PendingText text;
        private String seen;
        private int revision;
        private final Deque<Pushed> uplink = new ArrayDeque<>();

        Writer(Log log, RandomText random) {
            this.log = log;
            this.random = random;
            this.text = PendingText.of(Rope.of(log.start));
            this.seen = log.start;
        }

        boolean isBusy() {
            return revision < log.deltas.size() || !text.isSettled() || !uplink.isEmpty();
        }

        void act() {
            switch (random.below(5)) {
                case 0, 1 -> {
                    Delta typed = random.delta(text.shown().toString());
                    text = text.edit(typed);
                    seen = typed.apply(seen);
                }
                case 2 -> finish();
                case 3 -> receive();
                default -> restart();
            }
        }

        void finish() {
            if (text.isReady()) {
                text = text.send();
                uplink.add(new Pushed(revision, Objects.requireNonNull(text.inFlight())));
            }
            Pushed pushed = uplink.poll();
            if (pushed != null) {
                log.append(this, pushed.base(), pushed.delta());
            }
            receive();
        }

        void receive() {
            if (revision < log.deltas.size()) {
                Delta logged = log.deltas.get(revision);
                boolean mine = log.authors.get(revision) == this;
                revision++;
                take(mine ? text.acked(logged) : text.committedByOther(logged));
            }
        }

        /// Goes on from a snapshot, with nothing on its way.
        private void restart() {
            if (uplink.isEmpty() && text.inFlight() == null) {
                revision = log.deltas.size();
                text.reset(log.text).forEach(this::take);
            }
        }

        private void take(PendingText.Outcome outcome) {
            text = outcome.text();
            seen = outcome.shown().apply(seen);
        }
    }
}
