package io.watchfloor.server.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// A network between server and database that breaks when what commits passes. Thread-safe.
final class CuttingProxy implements AutoCloseable {

    /// When the next commit breaks the connection that it is on.
    enum Cut {
        NEVER,
        /// The database never hears of it.
        BEFORE_COMMIT,
        /// The connection is lost, and then the database hears of it.
        DURING_COMMIT,
        /// The database commits, and its answer is lost.
        AFTER_COMMIT
    }

    private final ServerSocket listener;
    private final DatabaseAddress target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NEVER);

    private CuttingProxy(ServerSocket listener, DatabaseAddress target) {
        this.listener = listener;
        this.target = target;
    }

    static CuttingProxy to(DatabaseAddress target) throws IOException {
        CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    DatabaseAddress address() {
        String url = target.url().replaceFirst(":\\d+/", ":" + listener.getLocalPort() + "/");
        // Without prepared statements everything passes in plain words.
        return new DatabaseAddress(url + "?prepareThreshold=0", target.user(), target.password());
    }

    void cutNext(Cut cut) {
        next.set(cut);
    }

    private void accept() {
        URI uri = URI.create(target.url().substring("jdbc:".length()));
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket(uri.getHost(), uri.getPort());
                sockets.addAll(List.of(near, far));
                AtomicBoolean losesAnswer = new AtomicBoolean();
                Thread.ofVirtual().start(() -> ask(near, far, losesAnswer));
                Thread.ofVirtual().start(() -> answer(far, near, losesAnswer));
            }
        } catch (IOException e) {
            close();
        }
    }

    private void ask(Socket near, Socket far, AtomicBoolean losesAnswer) {
        byte[] buffer = new byte[1 << 16];
        try (near; far) {
            InputStream in = near.getInputStream();
            OutputStream out = far.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                Cut cut = commits(buffer, n) ? next.getAndSet(Cut.NEVER) : Cut.NEVER;
                if (cut == Cut.BEFORE_COMMIT) {
                    return;
                }
                if (cut == Cut.DURING_COMMIT) {
                    near.close();
                }
                losesAnswer.set(cut == Cut.AFTER_COMMIT);
                out.write(buffer, 0, n);
            }
        } catch (IOException _) {
            // The other side has closed: so does this one.
        }
    }

    /// Whatever is answered to a commit is answered once it is done.
    private static void answer(Socket far, Socket near, AtomicBoolean lost) {
        byte[] buffer = new byte[1 << 16];
        try (far; near) {
            InputStream in = far.getInputStream();
            OutputStream out = near.getOutputStream();
            for (int n = in.read(buffer); n >= 0 && !lost.get(); n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException _) {
            // The other side has closed: so does this one.
        }
    }

    /// A COMMIT, or a statement outside of a transaction that writes and so commits by itself.
    private static boolean commits(byte[] bytes, int length) {
        String words = new String(Arrays.copyOf(bytes, length), StandardCharsets.ISO_8859_1);
        return words.contains("COMMIT") || (words.contains("append_to_logs") && !words.contains("BEGIN"));
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
