package io.watchfloor.client.sync;

import io.watchfloor.protocol.ClientMessage;
import org.jspecify.annotations.Nullable;

/// Gives a connection a fresh access token before the last one expires, so that it need not be closed for that. Owner
/// executor only.
final class Renewal {

    private static final System.Logger LOG = System.getLogger(Renewal.class.getName());
    static final long MARGIN_MILLIS = 45_000;
    static final long RETRY_MILLIS = 5_000;

    private final Uplink link;
    private final Credentials credentials;
    private final Surroundings surroundings;
    private final ServerClock serverClock;
    private Timer.@Nullable Scheduled next;
    private boolean stopped;

    Renewal(Uplink link, Credentials credentials, Surroundings surroundings, ServerClock serverClock) {
        this.link = link;
        this.credentials = credentials;
        this.surroundings = surroundings;
        this.serverClock = serverClock;
    }

    /// @param expiresAt of the token the connection has, server time
    void start(long expiresAt) {
        long left = Math.max(0, expiresAt - serverClock.now());
        long margin = Math.min(MARGIN_MILLIS, left / 2);
        schedule(Math.max(left - margin, RETRY_MILLIS / 5));
    }

    void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void schedule(long millis) {
        next = surroundings.timer().after(millis, () -> {
            var _ = credentials.accessToken(true)
                    .thenAccept(answer -> surroundings.owner().execute(() -> answered(answer)));
        });
    }

    private void answered(Credentials.Answer answer) {
        if (stopped) {
            return;
        }
        switch (answer) {
            case Credentials.Answer.Token token -> {
                link.send(new ClientMessage.Renew(token.text()));
                start(token.expiresAt());
            }
            case Credentials.Answer.Unreachable _ -> schedule(RETRY_MILLIS);
            // the server closes the connection when the token expires, and then says what is to be done
            case Credentials.Answer.Denied denied -> LOG.log(System.Logger.Level.INFO, "no new token: {0}",
                    denied.reason());
        }
    }
}
