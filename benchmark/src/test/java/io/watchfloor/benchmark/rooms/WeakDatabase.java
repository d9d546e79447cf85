package io.watchfloor.benchmark.rooms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// The way to a database, which can be slow or gone. Thread-safe.
final class WeakDatabase implements AutoCloseable {

    private final int target;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile long delayMillis;
    private volatile boolean gone;

    /// @param target port on this machine
    WeakDatabase(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /// Everything that the server says arrives so much later.
    void slow(long millis) {
        delayMillis = millis;
    }

    void leave() {
        gone = true;
        sockets.forEach(WeakDatabase::close);
    }

    void comeBack() {
        gone = false;
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket near = entrance.accept();
                if (gone) {
                    close(near);
                } else {
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(near);
                    sockets.add(far);
                    Thread.ofVirtual().start(() -> pump(near, far, true));
                    Thread.ofVirtual().start(() -> pump(far, near, false));
                }
            }
        } catch (IOException closed) {
            sockets.forEach(WeakDatabase::close);
        }
    }

    private void pump(Socket from, Socket to, boolean delayed) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[65_536];
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                if (delayed && delayMillis > 0) {
                    LockSupport.parkNanos(delayMillis * 1_000_000);
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        sockets.forEach(WeakDatabase::close);
    }
}
