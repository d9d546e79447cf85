package io.watchfloor.server.host;

import io.watchfloor.sample.Table;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tables of the machine this instance runs on, taken every two seconds while somebody wants them: a room that shows
/// them, or somebody who has asked within the last ten seconds. Nobody wanting them costs nothing; taking them is kept
/// below one per cent of a core by waiting longer on a machine with very many processes.
///
/// Listeners are told on a thread of this object and must be quick. Thread-safe.
public final class HostTables implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration WANTED = Duration.ofSeconds(10);
    /// Processor shares can be told from two lists; for the first table they are taken this much apart.
    private static final Duration FIRST = Duration.ofMillis(400);
    /// A core may be busy with tables one part in so many.
    private static final int SHARE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(HostTables.class);

    private final Supplier<Machine> opening;
    private final InstantSource clock;
    private final Predicate<HostTable> shown;
    private final List<BiConsumer<HostTable, Table>> listeners = new CopyOnWriteArrayList<>();
    private final Map<HostTable, Table> latest = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final Map<HostTable, Long> wantedUntil = new EnumMap<>(HostTable.class);
    private boolean closed;
    private final Thread thread;

    /// Tables of this machine.
    ///
    /// @param shown whether a room shows a table at present; asked every two seconds
    public static HostTables ofThisMachine(InstantSource clock, Predicate<HostTable> shown) {
        return new HostTables(OshiMachine::new, clock, shown);
    }

    /// @param opening called at the first question, on the thread that takes the tables
    HostTables(Supplier<Machine> opening, InstantSource clock, Predicate<HostTable> shown) {
        this.opening = opening;
        this.clock = clock;
        this.shown = shown;
        this.thread = Thread.ofPlatform().name("host-tables").daemon().start(this::run);
    }

    /// Tells the listener of every table taken from now on.
    public void onTaken(BiConsumer<HostTable, Table> listener) {
        listeners.add(listener);
    }

    /// Asks for a table, now and for the next ten seconds, without waiting for it.
    ///
    /// @return the newest one, not older than those seconds; null where none has been taken yet
    public @Nullable Table latest(HostTable table) {
        lock.lock();
        try {
            wantedUntil.put(table, System.nanoTime() + WANTED.toNanos());
            asked.signal();
        } finally {
            lock.unlock();
        }
        return fresh(table);
    }

    private @Nullable Table fresh(HostTable table) {
        Table newest = latest.get(table);
        return newest != null && clock.millis() - newest.time() <= WANTED.toMillis() ? newest : null;
    }

    /// Asks for a table and waits until there is one. Blocks; call it from a virtual thread.
    ///
    /// @return null where none came in time
    public @Nullable Table await(HostTable table, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Table newest = latest(table);
        lock.lock();
        try {
            while (newest == null && !closed && deadline - System.nanoTime() > 0) {
                taken.awaitNanos(deadline - System.nanoTime());
                newest = fresh(table);
            }
            return newest;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            asked.signal();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        TableTaker taker = null;
        boolean failing = false;
        while (true) {
            Set<HostTable> wanted = awaitWanted();
            if (wanted.isEmpty()) {
                return;
            }
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            boolean again = false;
            try {
                if (taker == null) {
                    taker = new TableTaker(opening.get());
                }
                again = take(taker, wanted);
                failing = false;
            } catch (RuntimeException | LinkageError odd) {
                if (!failing) {
                    LOG.warn("The tables of the host cannot be taken: {}", odd.toString());
                }
                failing = true;
            }
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            Duration rest = again ? FIRST : Duration.ofNanos(Math.max(EVERY.toNanos(), spent * SHARE));
            if (sleep(rest)) {
                return;
            }
        }
    }

    /// Whether there was no table of processes yet, as processor shares need a second list.
    private boolean take(TableTaker taker, Set<HostTable> wanted) {
        boolean again = false;
        for (HostTable which : wanted) {
            Table table = taker.take(which, clock.millis());
            if (table == null) {
                again = true;
                continue;
            }
            put(which, table);
            for (var listener : listeners) {
                try {
                    listener.accept(which, table);
                } catch (RuntimeException bug) {
                    LOG.error("A listener failed on the table {}.", which.text(), bug);
                }
            }
        }
        return again;
    }

    private void put(HostTable which, Table table) {
        lock.lock();
        try {
            latest.put(which, table);
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The tables that are wanted, at least one; none where this is closed.
    private Set<HostTable> awaitWanted() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                wantedUntil.values().removeIf(until -> until - now < 0);
                Set<HostTable> wanted = EnumSet.noneOf(HostTable.class);
                for (HostTable table : HostTable.values()) {
                    if (wantedUntil.containsKey(table) || shown.test(table)) {
                        wanted.add(table);
                    }
                }
                if (!wanted.isEmpty()) {
                    return wanted;
                }
                asked.awaitNanos(EVERY.toNanos());
            }
            return Set.of();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Set.of();
        } finally {
            lock.unlock();
        }
    }

    /// Returns early, with true, where this is closed; a table that is new to the wanted ones does not wait either.
    private boolean sleep(Duration rest) {
        lock.lock();
        try {
            Set<HostTable> known = Set.copyOf(wantedUntil.keySet());
            long nanos = rest.toNanos();
            while (!closed && nanos > 0 && known.containsAll(wantedUntil.keySet())) {
                nanos = asked.awaitNanos(nanos);
            }
            return closed;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
