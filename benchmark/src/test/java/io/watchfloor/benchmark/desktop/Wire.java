package io.watchfloor.benchmark.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A stretch of network to a server, which can be cut. Thread-safe.
final class Wire implements AutoCloseable {

    private final URI server;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean frozen;

    Wire(URI server) throws IOException {
        this.server = server;
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /// Breaks every connection without a word, and lets none through until [#mend].
    void cut() {
        cut = true;
        sockets.forEach(Wire::close);
    }

    /// Lets no byte through any more and closes nothing: the machine at the other end has died.
    void freeze() {
        frozen = true;
    }

    void mend() {
        cut = false;
        frozen = false;
    }

    private void acceptAll() {
        try {
            while (!entrance.isClosed()) {
                Socket near = entrance.accept();
                sockets.add(near);
                if (cut) {
                    close(near);
                } else {
                    Socket far = new Socket(server.getHost(), server.getPort());
                    sockets.add(far);
                    Thread.ofVirtual().start(() -> pump(near, far));
                    Thread.ofVirtual().start(() -> pump(far, near));
                }
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!frozen) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // one side is gone, so the other goes too
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is closed already
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
