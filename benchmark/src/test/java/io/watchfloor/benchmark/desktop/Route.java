package io.watchfloor.benchmark.desktop;

import io.watchfloor.protocol.ServerMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A stretch of network to a server, which can be cut, go silent, and be led to another server. Where an end closes in good
/// order, so does the other, after all that was said; only what is cut loses something. Thread-safe.
public final class Route implements AutoCloseable {

    private static final int BUFFER = 4_096;

    private final ServerSocket entrance;
    private final Set<Socket> nearSockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> farSockets = ConcurrentHashMap.newKeySet();
    /// Bytes that still come through from the server before the connections break.
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong heldBack = new AtomicLong();
    /// The connections break before the first message of this kind comes through.
    private volatile @Nullable Class<? extends ServerMessage> end;
    private volatile URI server;
    private volatile boolean cut;
    private volatile boolean frozen;

    public Route(URI server) throws IOException {
        this.server = server;
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /// Connections that were asked for, also while it was cut.
    long accepted() {
        return accepted.get();
    }

    /// Breaks every connection without a word, and lets none through until [#mend].
    public void cut() {
        cut = true;
        nearSockets.forEach(Route::close);
        farSockets.forEach(Route::close);
        nearSockets.clear();
        farSockets.clear();
    }

    /// Breaks every connection without a word; the next ones come through.
    void drop() {
        cut();
        mend();
    }

    /// Breaks every connection. The next ones come through, and break after so many bytes from the server.
    void cutAfter(long bytes) {
        cut();
        end = null;
        left.set(bytes);
        cut = false;
    }

    /// Breaks every connection. The next ones come through, and break in the place of the first message of a kind that the
    /// server says: that one does not arrive.
    void cutBefore(Class<? extends ServerMessage> kind) {
        cut();
        left.set(Long.MAX_VALUE);
        end = kind;
        cut = false;
    }

    /// How many messages were said and kept from arriving by [#cutBefore].
    long heldBack() {
        return heldBack.get();
    }

    /// Lets no byte through any more and closes nothing: the machine at the other end has died.
    void freeze() {
        frozen = true;
    }

    public void mend() {
        left.set(Long.MAX_VALUE);
        end = null;
        frozen = false;
        cut = false;
    }

    /// Breaks every connection at the desktop's end. The server learns nothing of that: its end stays open.
    void cutNearEnd() {
        nearSockets.forEach(Route::close);
        nearSockets.clear();
    }

    /// Later connections go to another server.
    void leadTo(URI other) {
        server = other;
    }

    private void acceptAll() {
        try {
            while (!entrance.isClosed()) {
                Socket near = entrance.accept();
                accepted.incrementAndGet();
                if (cut) {
                    close(near);
                } else {
                    connect(near);
                }
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(server.getHost(), server.getPort());
            nearSockets.add(near);
            farSockets.add(far);
            if (cut) { // which did not know of them yet
                close(near);
                close(far);
            }
            Thread.ofVirtual().start(() -> pumpUp(near, far));
            Thread.ofVirtual().start(() -> pumpDown(far, near));
        } catch (IOException e) {
            close(near);
        }
    }

    /// What the desktop says. Where its end broke, the other end is left as it is.
    private void pumpUp(Socket near, Socket far) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = near.getInputStream()) {
            OutputStream out = far.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!frozen) {
                    out.write(buffer, 0, read);
                }
            }
            far.shutdownOutput();
        } catch (IOException e) {
            // one end is gone
        }
    }

    private void pumpDown(Socket far, Socket near) {
        byte[] buffer = new byte[BUFFER];
        WireFrames frames = new WireFrames();
        try (InputStream in = far.getInputStream()) {
            OutputStream out = near.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (WireFrames.Piece piece : frames.take(buffer, read)) {
                    if (!lets(piece, near, out)) {
                        cut();
                        return;
                    }
                }
            }
            near.shutdownOutput();
        } catch (IOException e) {
            if (!near.isClosed()) {
                close(near);
            }
        }
    }

    /// Whether all of it came through.
    private boolean lets(WireFrames.Piece piece, Socket near, OutputStream out) throws IOException {
        Class<? extends ServerMessage> unheard = end;
        if (near.isClosed()) {
            return true; // broken already: it is not this one that is to break next
        }
        if (unheard != null && piece.messages().stream().anyMatch(unheard::isInstance)) {
            heldBack.incrementAndGet();
            return false;
        }
        int length = piece.bytes().remaining();
        long before = left.getAndUpdate(bytes -> bytes == Long.MAX_VALUE ? bytes : Math.max(0, bytes - length));
        int through = (int) Math.min(before, length);
        if (!frozen) {
            out.write(piece.bytes().array(), 0, through);
        }
        return through == length;
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
