package io.watchfloor.server.bus.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A network that can swallow all that passes, while every connection looks alive. Thread-safe.
final class SilentProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final URI target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    private SilentProxy(ServerSocket listener, URI target) {
        this.listener = listener;
        this.target = target;
    }

    static SilentProxy to(String url) throws IOException {
        SilentProxy proxy = new SilentProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(url));
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    String url() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    void silence(boolean swallow) {
        silent = swallow;
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket(target.getHost(), target.getPort());
                sockets.addAll(List.of(near, far));
                Thread.ofVirtual().start(() -> pipe(near, far));
                Thread.ofVirtual().start(() -> pipe(far, near));
            }
        } catch (IOException _) {
            // Closed: nobody can connect any more.
        }
    }

    private void pipe(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!silent) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException _) {
            // The other side has closed: so does this one.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
