package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.ProblemCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/// The body of a request, no longer than allowed, whose faults are problems for the sender. Confined to its reader.
final class BoundedBody extends FilterInputStream {

    /// Bytes in a second that a sender keeps on average, and nanoseconds before that is asked for.
    private static final long LEAST_RATE = 1_000;
    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    /// Bytes over the limit that are taken all the same, and dropped: where a connection is shut while its peer still sends,
    /// the peer may never read the answer.
    static final int DROPPED = 1 << 20;
    private static final int AT_ONCE = 8 << 10;

    private final int limit;
    private int left;
    private long arrived;
    private long waited;

    BoundedBody(InputStream body, int limit) {
        super(body);
        this.limit = limit;
        this.left = limit;
    }

    ProblemException tooLarge() {
        return new ProblemException(ProblemCode.TOO_LARGE, "The body is larger than " + limit + " bytes.");
    }

    /// The same, once what is still to come has been taken, within reason: nobody is waited for longer than the grace.
    ProblemException tooLargeOnceSent() {
        byte[] dropped = new byte[AT_ONCE];
        try {
            int more = DROPPED;
            for (int taken = 0; taken >= 0 && more > 0 && waited < GRACE; more -= taken) {
                taken = take(dropped, 0, AT_ONCE);
            }
        } catch (ProblemException e) {
            // it came too slowly, or not whole: it is too large anyhow
        }
        return tooLarge();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int read = take(buffer, offset, length);
        left -= Math.max(read, 0);
        if (left < 0) {
            throw tooLargeOnceSent();
        }
        return read;
    }

    private int take(byte[] buffer, int offset, int length) {
        int read;
        long asked = System.nanoTime();
        try {
            read = in.read(buffer, offset, length);
        } catch (IOException e) {
            throw problem(e);
        } catch (RuntimeException e) {
            if (e instanceof HttpException) {
                throw problem(e);
            }
            throw e;
        }
        waited += System.nanoTime() - asked;
        arrived += Math.max(read, 0);
        if (waited > GRACE && arrived < LEAST_RATE * TimeUnit.NANOSECONDS.toSeconds(waited)) {
            throw new ProblemException(ProblemCode.REQUEST_TIMEOUT, "The body came too slowly.");
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        throw new IOException("a body is read, not skipped");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private static ProblemException problem(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return new ProblemException(ProblemCode.REQUEST_TIMEOUT, "The body did not arrive in time.");
            }
        }
        return new ProblemException(ProblemCode.MALFORMED, "The body did not arrive whole or cannot be unpacked.");
    }
}
