package io.watchfloor.client.sync.outbox;

import io.watchfloor.client.sync.outbox.OutboxFiles.Opened;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An outbox in a file of H2's MVStore. A writer thread takes the changes that have gathered and commits them together;
/// MVStore's own background writer is off, for it would wait for up to a second.
///
/// Each account on each server has files of its own in a directory, numbered, because a second process of the same
/// account needs another one. A process takes a file that holds edits before an empty one.
///
/// A file that cannot be read is set aside, never deleted, and an empty one is begun. Thread-safe.
public final class MvStoreOutbox implements Outbox {

    private static final System.Logger LOG = System.getLogger(MvStoreOutbox.class.getName());
    /// How long a change may wait that nobody waits for.
    private static final long BEHIND_MILLIS = 2_000;
    private static final Task STOP = new Task(_ -> {}, () -> {}, true);

    /// @param urgent whether somebody waits for it
    private record Task(Consumer<OutboxFile> change, Runnable durable, boolean urgent) {}

    private final Opened opened;
    private final ReplicaId replica;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final HeldPushes held;
    private final Map<Long, CompletableFuture<Optional<KeptCopy>>> questions = new ConcurrentHashMap<>();
    private final AtomicLong lastQuestion = new AtomicLong();
    private volatile boolean broken;
    private volatile @Nullable String problem;
    private volatile long clockOffset;
    private volatile @Nullable KeptList list;
    /// Files are to be deleted at the end, for what was erased in them can still be found there.
    private volatile boolean erased;
    private volatile boolean discarded;

    private MvStoreOutbox(Opened opened, ReplicaId replica) {
        this.opened = opened;
        this.replica = replica;
        this.problem = opened.problem();
        this.clockOffset = opened.file().clockOffset();
        this.list = opened.file().copies().list();
        this.held = new HeldPushes(opened.held());
        this.writer = Thread.ofPlatform().daemon().name("outbox").unstarted(this::writeAll);
    }

    /// Opens the outbox of an account. Where the directory cannot be used, the outbox is kept in memory and says so.
    ///
    /// @param directory is made where it does not exist
    /// @param now milliseconds since 1970 UTC, for the name of a file that is set aside
    public static Outbox open(Path directory, String server, String account, RandomGenerator random, long now) {
        ReplicaId replica = new ReplicaId(new UUID(random.nextLong(), random.nextLong()));
        try {
            Files.createDirectories(directory);
            Opened opened = OutboxFiles.choose(directory, OutboxFiles.name(server, account), now);
            if (opened == null) {
                return InMemoryOutbox.insteadOfDisk(replica, "All outbox files of this account are in use by other "
                        + "windows. Edits are sent as usual, but those not sent yet are lost when this window ends.");
            }
            MvStoreOutbox outbox = new MvStoreOutbox(opened, replica);
            outbox.writer.start();
            return outbox;
        } catch (IOException e) {
            return InMemoryOutbox.insteadOfDisk(replica, "Edits cannot be kept in " + directory + " (" + e.getMessage()
                    + "). They are sent as usual, but those not sent yet are lost when the program ends.");
        }
    }

    private void writeAll() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                List<Task> batch = gather();
                int end = batch.indexOf(STOP);
                goesOn = end < 0;
                List<Task> changes = goesOn ? batch : batch.subList(0, end);
                if (!changes.isEmpty()) {
                    changes.forEach(task -> task.change().accept(opened.file()));
                    opened.file().commit();
                    changes.forEach(MvStoreOutbox::tellDurable);
                }
            }
            if (discarded) {
                opened.file().abandon();
            } else {
                opened.file().close();
            }
        } catch (RuntimeException | Error e) { // whatever it is: nobody may go on waiting for what will not be written
            LOG.log(System.Logger.Level.ERROR, "outbox file " + opened.slot().file(), e);
            problem = "Edits cannot be written to " + opened.slot().file() + " any more (" + e.getMessage()
                    + "). Those made from now on are shown here but not sent. Make room on the disk and start again.";
            opened.file().abandon();
        } catch (InterruptedException e) {
            opened.file().abandon();
            Thread.currentThread().interrupt();
        }
        broken = true;
        questions.values().forEach(question -> question.complete(Optional.empty()));
    }

    /// What is to be written next: all there is once somebody waits for some of it, or once the first has waited long.
    private List<Task> gather() throws InterruptedException {
        List<Task> batch = new ArrayList<>();
        batch.add(tasks.take());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEHIND_MILLIS);
        tasks.drainTo(batch);
        while (batch.stream().noneMatch(Task::urgent)) {
            Task next = tasks.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return batch;
            }
            batch.add(next);
            tasks.drainTo(batch);
        }
        return batch;
    }

    private static void tellDurable(Task task) {
        try {
            task.durable().run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "after writing to the outbox", e);
        }
    }

    @Override
    public ReplicaId replica() {
        return replica;
    }

    @Override
    public Map<DashboardId, Held> held() {
        return held.all();
    }

    @Override
    public CompletableFuture<Optional<KeptCopy>> copy(DashboardId dashboard) {
        CompletableFuture<Optional<KeptCopy>> question = new CompletableFuture<>();
        long number = lastQuestion.incrementAndGet();
        questions.put(number, question);
        tasks.add(new Task(file -> {
            question.complete(file.copies().find(dashboard));
            questions.remove(number);
        }, () -> {}, true));
        if (broken) {
            question.complete(Optional.empty());
        }
        return question;
    }

    @Override
    public void write(OutboxChange change, Runnable durable) {
        held.apply(change);
        tasks.add(new Task(file -> file.apply(change), durable, true));
    }

    @Override
    public void writeBehind(OutboxChange change) {
        held.apply(change);
        tasks.add(new Task(file -> file.apply(change), () -> {}, false));
    }

    @Override
    public @Nullable KeptList list() {
        return list;
    }

    @Override
    public void list(KeptList now) {
        list = now;
        tasks.add(new Task(file -> file.copies().list(now), () -> {}, false));
    }

    @Override
    public void erase() {
        list = null;
        erased = true;
        tasks.add(new Task(OutboxFile::erase, () -> {}, true));
    }

    @Override
    public long clockOffset() {
        return clockOffset;
    }

    @Override
    public void clockOffset(long millis) {
        clockOffset = millis;
        tasks.add(new Task(file -> file.clockOffset(millis), () -> {}, false));
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public Discarded discard() {
        discarded = true;
        list = null;
        stopWriting();
        int unsent = unsent();
        held.clear();
        List<Path> left = new ArrayList<>();
        OutboxFiles.delete(opened.slot().file(), left);
        opened.slot().close();
        unsent += OutboxFiles.discardOthers(opened.slot(), left);
        return new Discarded(unsent, left);
    }

    private void stopWriting() {
        tasks.add(STOP);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (discarded) {
            return;
        }
        stopWriting();
        if (erased) {
            if (held.all().isEmpty()) {
                OutboxFiles.delete(opened.slot().file(), new ArrayList<>());
            }
        }
        opened.slot().close();
        if (erased) {
            OutboxFiles.deleteEmptyOthers(opened.slot());
        }
    }
}
