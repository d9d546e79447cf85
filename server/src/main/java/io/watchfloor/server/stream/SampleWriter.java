package io.watchfloor.server.stream;

import io.watchfloor.sample.Sample;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.NumberedSample;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer of samples of an instance. Whatever comes in while a batch is being stored waits in a bounded queue
/// and goes into the next batch, so that the store sees few large batches under load and small ones at once otherwise.
///
/// Listeners are told of a batch after it is durable, on the writer's thread, in the order of writing; they must be
/// quick and must not call back. Thread-safe.
public final class SampleWriter implements AutoCloseable {

    /// Samples that may wait, unless the composition says otherwise.
    public static final int QUEUE = 200_000;
    /// Most samples of one batch.
    private static final int BATCH = 20_000;
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(SampleWriter.class);

    private record Waiting(List<Sample> samples, CompletableFuture<Void> written) {}

    private final MetricStore store;
    private final WriterFigures figures;
    private final int capacity;
    private final List<Consumer<List<NumberedSample>>> listeners = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition went = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private int queued;
    private boolean closed;
    private boolean failing;
    private final Thread thread;

    /// Starts the writer.
    ///
    /// @param capacity samples that may wait
    public SampleWriter(MetricStore store, WriterFigures figures, int capacity) {
        this.store = store;
        this.figures = figures;
        this.capacity = capacity;
        this.thread = Thread.ofPlatform().name("sample-writer").daemon().start(this::run);
    }

    /// Tells the listener of every batch from now on.
    public void onWritten(Consumer<List<NumberedSample>> listener) {
        listeners.add(listener);
    }

    /// Samples that wait now.
    public int queued() {
        lock.lock();
        try {
            return queued;
        } finally {
            lock.unlock();
        }
    }

    /// Hands samples over to be written. Blocks while the queue is full, but not longer than one has patience.
    ///
    /// @param samples any number; more than the queue holds are taken only by an empty queue
    /// @return completed when they are durable, or with the [io.watchfloor.server.store.StoreException] why they are
    ///         not; null where the queue stayed full, or the writer is closed
    public @Nullable CompletableFuture<Void> offer(List<Sample> samples, Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (!closed && queued > 0 && queued + samples.size() > capacity) {
                if (nanos <= 0) {
                    figures.rejected(samples.size());
                    return null;
                }
                nanos = went.awaitNanos(nanos);
            }
            if (closed) {
                return null;
            }
            Waiting waiting = new Waiting(samples, new CompletableFuture<>());
            queue.add(waiting);
            queued += samples.size();
            came.signal();
            return waiting.written();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing more, writes what waits, and returns when that is done.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            came.signalAll();
            went.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        try {
            thread.join(CLOSING);
        } catch (InterruptedException stop) {
            interrupted = true;
        }
        if (thread.isAlive()) {
            LOG.warn("The database did not take the last samples within {} s; {} are lost.", CLOSING.toSeconds(),
                    queued());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        while (take(batch)) {
            write(batch);
            batch.clear();
        }
    }

    /// Fills the batch with what waits; false where the writer is closed and nothing is left.
    private boolean take(List<Waiting> batch) {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closed) {
                    return false;
                }
                came.awaitUninterruptibly();
            }
            int size = 0;
            while (!queue.isEmpty() && (batch.isEmpty() || size + queue.element().samples().size() <= BATCH)) {
                Waiting waiting = queue.remove();
                batch.add(waiting);
                size += waiting.samples().size();
            }
            queued -= size;
            went.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> batch) {
        List<Sample> samples = batch.size() == 1 ? batch.getFirst().samples() : new ArrayList<>();
        if (batch.size() > 1) {
            batch.forEach(waiting -> samples.addAll(waiting.samples()));
        }
        long started = System.nanoTime();
        List<NumberedSample> written;
        try {
            written = store.write(samples);
        } catch (RuntimeException fault) {
            failed(batch, samples.size(), fault);
            return;
        }
        figures.written(samples.size(), System.nanoTime() - started, TimeUnit.NANOSECONDS);
        if (failing) {
            failing = false;
            LOG.info("Samples are stored again.");
        }
        batch.forEach(waiting -> waiting.written().complete(null));
        for (Consumer<List<NumberedSample>> listener : listeners) {
            try {
                listener.accept(written);
            } catch (RuntimeException bug) {
                LOG.error("A listener failed on {} written samples.", written.size(), bug);
            }
        }
    }

    /// Says so once, not for every batch of an outage.
    private void failed(List<Waiting> batch, int samples, RuntimeException fault) {
        figures.lost(samples);
        if (!failing) {
            failing = true;
            LOG.warn("Samples cannot be stored; their senders are told to try again.", fault);
        }
        batch.forEach(waiting -> waiting.written().completeExceptionally(fault));
    }
}
