package io.watchfloor.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditChains;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.ChainedEvent;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.Together;
import io.watchfloor.server.store.memory.InMemoryAudit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditLogTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Origin BOSS = new Origin("boss", "10.0.0.1");
    private static final Origin STRANGER = new Origin(null, "10.6.6.6");
    private static final Together ONE_BY_ONE = new Together() {

        @Override
        public <T extends @Nullable Object> T together(Supplier<T> work) {
            return work.get();
        }
    };

    private final Keys keys = new Keys();
    private final Changeable store = new Changeable();
    private final AuditLog audit = log("one");

    private AuditLog log(String writer) {
        return new AuditLog(store, ONE_BY_ONE, keys, InstantSource.fixed(NOW), writer);
    }

    private static final class Keys implements AuditKeys {

        private final SigningKey audit = new SigningKey("a1", Purpose.AUDIT, new byte[32], 0);
        private final SigningKey checkpoint = new SigningKey("c1", Purpose.CHECKPOINT, Checkpoint.newKey(), 0);

        @Override
        public SigningKey newest(Purpose purpose) {
            return purpose == Purpose.AUDIT ? audit : checkpoint;
        }

        @Override
        public @Nullable SigningKey find(Purpose purpose, String id) {
            return newest(purpose).id().equals(id) ? newest(purpose) : null;
        }
    }

    /// An audit log that somebody can get at.
    private static final class Changeable implements AuditStore {

        private final InMemoryAudit kept = new InMemoryAudit();
        private UnaryOperator<List<ChainedEvent>> change = UnaryOperator.identity();
        private UnaryOperator<List<ChainHead>> changedHeads = UnaryOperator.identity();
        private boolean dead;

        @Override
        public void append(String writer, AuditEvent event, Seal seal) {
            if (dead) {
                throw new StoreException("The database is gone.");
            }
            kept.append(writer, event, seal);
        }

        @Override
        public List<ChainedEvent> page(@Nullable Long before, AuditFilter filter, int most) {
            return kept.page(before, filter, most);
        }

        @Override
        public List<ChainedEvent> chain(String writer, long after, int most) {
            return change.apply(kept.chain(writer, 0, Integer.MAX_VALUE)).stream()
                    .filter(event -> event.number() > after).limit(most).toList();
        }

        @Override
        public List<ChainHead> heads() {
            return changedHeads.apply(kept.heads());
        }
    }

    private AuditCheck.Findings verified(List<String> lines) {
        return new AuditCheck(store, keys)
                .check(lines.stream().map(Checkpoint::read).filter(Objects::nonNull).toList());
    }

    private List<String> written() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            audit.done(BOSS, AuditAction.USER_ADDED, "person " + i, "as EDITOR");
        }
        log("two").done(BOSS, AuditAction.SIGN_IN, "boss", "password");
        audit.checkpoint(lines::add);
        return lines;
    }

    @Test
    void chains_AUD4_areVerifiedAsTheyWereWritten_AUD5_andTheirEndsSignedUntilThatIsKept() {
        List<String> lines = written();
        audit.checkpoint(lines::add);
        assertThat(lines).as("nothing has happened since").hasSize(1);
        audit.done(BOSS, AuditAction.USER_ADDED, "one more", "");
        audit.checkpoint(_ -> false);
        List<String> again = new ArrayList<>();
        audit.checkpoint(again::add);
        assertThat(again).as("what could not be kept is signed again").hasSize(1);
        AuditCheck.Findings found = verified(lines);
        assertThat(found.faults()).isEmpty();
        assertThat(found.events()).isEqualTo(7);
        assertThat(found.chains()).isEqualTo(2);
        assertThat(found.checkpoints()).isEqualTo(1);
        assertThat(verified(List.of("03:00:00 INFO checkpoint - " + lines.getFirst())).checkpoints()).isEqualTo(1);
    }

    @Test
    void changedEvent_AUD4_isFound() {
        List<String> lines = written();
        store.change = events -> events.stream().map(event -> event.number() == 3
                ? new ChainedEvent(event.id(), event.writer(), 3,
                        new AuditEvent(NOW.toEpochMilli(), "mallory", "10.0.0.1", AuditAction.USER_ADDED, "person 2",
                                AuditOutcome.DONE, "as EDITOR", 1),
                        event.key(), event.mac())
                : event).toList();
        assertThat(verified(lines).faults())
                .anySatisfy(fault -> assertThat(fault).isEqualTo("Event 3 of one is not as it was written."));
    }

    @Test
    void eventThatWasTakenOut_AUD4_isFound() {
        List<String> lines = written();
        store.change = events -> events.stream().filter(event -> event.number() != 2).toList();
        assertThat(verified(lines).faults()).anySatisfy(fault -> assertThat(fault).contains("events were removed"));
    }

    @Test
    void eventsCutOffAtTheEnd_AUD5_areFoundByTheCheckpointThatWasKeptOutside() {
        List<String> lines = written();
        store.change = events -> events.stream().filter(event -> event.number() < 4).toList();
        store.changedHeads = heads -> heads.stream().map(head -> head.writer().equals("one")
                ? new ChainHead("one", 3, store.kept.chain("one", 2, 1).getFirst().mac())
                : head).toList();
        assertThat(verified(List.of()).faults()).as("the database alone looks well").isEmpty();
        assertThat(verified(lines).faults()).singleElement().asString().contains("a checkpoint tells of event 5");
        store.changedHeads = _ -> List.of();
        store.change = _ -> List.of();
        assertThat(verified(lines).faults()).hasSize(2);
    }

    @Test
    void checkpoint_AUD5_thatIsNotOfThisInstallation_isFound() {
        List<String> lines = written();
        assertThat(verified(List.of(lines.getFirst().replace("\"number\":5", "\"number\":4"))).faults())
                .singleElement().asString().contains("signature");
        assertThat(Checkpoint.read("nothing of the kind")).isNull();
        assertThat(Checkpoint.read("{\"chains\":7}")).isNull();
    }

    @Test
    void watch_AUD21_tellsHowFarTheChainsAreGood_andGoesOnFromThere() {
        AuditWatch watch = new AuditWatch(store, keys, InstantSource.fixed(NOW));
        assertThat(watch.found().checkedAt()).isNull();
        written();
        watch.look();
        assertThat(watch.found().checkedAt()).isEqualTo(NOW.toEpochMilli());
        assertThat(watch.found().chains()).extracting(AuditChains.Row::writer).containsExactly("one", "two");
        audit.done(BOSS, AuditAction.USER_ADDED, "one more", "");
        watch.look();
        assertThat(watch.found().chains().getFirst())
                .isEqualTo(new AuditChains.Row("one", 6, 6, NOW.toEpochMilli(), null));
    }

    @Test
    void watch_AUD21_findsWhatWasChanged_cutOff_andWrittenAnew() {
        AuditWatch watch = new AuditWatch(store, keys, InstantSource.fixed(NOW));
        written();
        watch.look();
        store.change = events -> events.stream().filter(event -> event.number() < 4).toList();
        store.changedHeads = heads -> heads.stream().map(head -> head.writer().equals("one")
                ? new ChainHead("one", 3, "")
                : head).toList();
        watch.look();
        assertThat(watch.found().chains().getFirst())
                .isEqualTo(new AuditChains.Row("one", 5, 3, null, "The chain of one ends at event 3, and ought to go on"
                        + " to event 5: events were removed."));
        store.changedHeads = heads -> heads;
        AuditWatch next = new AuditWatch(store, keys, InstantSource.fixed(NOW));
        store.change = events -> events.stream().filter(event -> event.number() != 3).toList();
        next.look();
        AuditChains.Row broken = next.found().chains().getFirst();
        assertThat(broken.verified()).isEqualTo(2);
        assertThat(broken.fault()).contains("After event 2 of one comes event 4");
    }

    @Test
    void act_AUD3_thatCannotBeWrittenDown_fails() {
        store.dead = true;
        assertThatThrownBy(() -> audit.act(BOSS, AuditAction.USER_ADDED, "x", "", () -> true))
                .isInstanceOf(StoreException.class);
        audit.refused(STRANGER, AuditAction.SIGN_IN, "boss", "password");
    }

    @Test
    void repeatedRefusals_AUD6_areCounted_andAFloodTakesFewEvents() {
        for (int i = 0; i < 1_000; i++) {
            audit.refused(STRANGER, AuditAction.SIGN_IN, "boss", "password");
        }
        assertThat(audit.page(null, AuditFilter.ALL, 100)).hasSize(1);
        audit.flush();
        assertThat(audit.page(null, AuditFilter.ALL, 100)).extracting(event -> event.event().times())
                .containsExactly(999, 1);
        audit.flush();
        assertThat(audit.page(null, AuditFilter.ALL, 100)).hasSize(2);
        for (int i = 0; i < 1_000; i++) {
            audit.refused(STRANGER, AuditAction.SIGN_IN, "name " + i, "password");
        }
        audit.flush();
        assertThat(audit.page(null, AuditFilter.ALL, 100)).as("ten names, and all the others together").hasSize(13);
        for (int i = 0; i < 10_000; i++) {
            audit.refused(new Origin(null, "10.1." + i / 256 + "." + i % 256), AuditAction.SIGN_IN, "boss", "password");
        }
        audit.flush();
        List<ChainedEvent> all = audit.page(null, AuditFilter.ALL, 100_000);
        assertThat(all).hasSizeLessThan(600);
        assertThat(all.stream().mapToInt(event -> event.event().times()).sum()).isEqualTo(12_000);
    }

    @Test
    void whatOthersHaveTyped_AUD7_comesInBoundedAndOnOneLine() {
        audit.refused(STRANGER, AuditAction.SIGN_IN, "a\nb\u0000\u202e\u200b\u2028\u2029\ud800" + "x".repeat(100_000),
                "password");
        String subject = String.valueOf(audit.page(null, AuditFilter.ALL, 1).getFirst().event().subject());
        assertThat(subject).hasSize(300).startsWith("a\ufffdb" + "\ufffd".repeat(6) + "x");
    }
}
