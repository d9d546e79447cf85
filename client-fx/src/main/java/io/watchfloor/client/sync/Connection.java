package io.watchfloor.client.sync;

import io.watchfloor.client.sync.ConnectionState.Connecting;
import io.watchfloor.client.sync.ConnectionState.Online;
import io.watchfloor.client.sync.ConnectionState.Stopped;
import io.watchfloor.client.sync.ConnectionState.Waiting;
import io.watchfloor.client.sync.DashboardReplica.Shared;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.Transport.Ending;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ServerMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one connection of this desktop to its server, for all open dashboards. It connects again by itself for as long
/// as that makes sense, and says how it stands.
///
/// Owner executor only.
public final class Connection implements AutoCloseable {

    /// From asking for a connection to its greeting.
    static final long GREETING_MILLIS = 15_000;
    /// A connection that held for so long was a good one: the next failure is the first again.
    static final long STEADY_MILLIS = 10_000;
    /// The clock offset is saved when it has moved by more.
    private static final long OFFSET_CHANGE_MILLIS = 50;
    private static final int GOING_AWAY = 1001;
    private static final int VERSION = 1;
    private static final String CLIENT = "watchfloor-desktop";

    private final URI server;
    private final Transport transport;
    private final Credentials credentials;
    private final Outbox outbox;
    private final Surroundings surroundings;
    private final ServerClock serverClock;
    private final Backoff backoff;
    private final OpenDashboards dashboards;
    private final ServerLink.Owner linkOwner = new LinkOwner();
    private final List<Consumer<ConnectionState>> listeners = new ArrayList<>();
    private final List<Consumer<String>> noticeListeners = new ArrayList<>();
    private final List<Runnable> disabledListeners = new ArrayList<>();

    private ConnectionState state = new Stopped("Not connected yet.");
    private @Nullable ServerLink link;
    private @Nullable Greeted greeted;
    private @Nullable Heartbeat heartbeat;
    private @Nullable Renewal renewal;
    private ServerMessage.@Nullable Closing closing;
    private Timer.@Nullable Scheduled timer;
    private long tokenExpiresAt;
    private long onlineSince;
    private int attempt;
    private boolean tokenRefused;
    /// Why an open connection was closed for it, in the server's words.
    private @Nullable String refusal;
    private boolean closed;

    /// @param server base address, `http` or `https`
    public Connection(URI server, Transport transport, Credentials credentials, Outbox outbox,
            Surroundings surroundings) {
        this.server = server;
        this.transport = transport;
        this.credentials = credentials;
        this.outbox = outbox;
        this.surroundings = surroundings;
        serverClock = new ServerClock(surroundings.time(), outbox.clockOffset());
        backoff = new Backoff(surroundings.random());
        dashboards = new OpenDashboards(new Shared(outbox, surroundings, serverClock), this::notice);
    }

    public ConnectionState state() {
        return state;
    }

    /// The listener is told of each change from now on.
    public Registration listen(Consumer<ConnectionState> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// The listener is told what a person should know of dashboards that are not open.
    public Registration listenToNotices(Consumer<String> listener) {
        noticeListeners.add(listener);
        return () -> noticeListeners.remove(listener);
    }

    /// The listener is told when the server says that the account is disabled, so that nothing of it may be kept here.
    public Registration onDisabled(Runnable listener) {
        disabledListeners.add(listener);
        return () -> disabledListeners.remove(listener);
    }

    private void notice(String sentence) {
        List.copyOf(noticeListeners).forEach(listener -> listener.accept(sentence));
    }

    /// Who and what is at the two ends; of the last connection while there is none, null before the first.
    public @Nullable Greeted greeted() {
        return greeted;
    }

    /// Milliseconds since 1970 UTC, as the server's clock has it. Thread-safe.
    public long serverTime() {
        return serverClock.now();
    }

    /// Edits that the server has not acked, of all dashboards.
    public int unsent() {
        return dashboards.unsent();
    }

    /// What is wrong with the outbox, as a sentence for people; null where nothing is.
    public @Nullable String outboxProblem() {
        return outbox.problem();
    }

    /// Opens a dashboard, also without a connection; then it is joined when there is one.
    ///
    /// @throws IllegalStateException where it is open already
    public DashboardReplica open(DashboardId dashboard, DashboardListener listener) {
        return dashboards.open(dashboard, listener);
    }

    public void start() {
        retryNow();
    }

    /// Connects now where it is waiting or stopped, as when a person asks for it or has signed in anew.
    public void retryNow() {
        if (!closed && link == null && !(state instanceof Connecting)) {
            backoff.reset();
            tokenRefused = false;
            connect();
        }
    }

    /// Ends the connection. Edits that were not sent stay in the outbox, which is not closed from here.
    @Override
    public void close() {
        if (!closed) {
            dashboards.close();
            closed = true;
            become(new Stopped("The connection was closed."));
            drop(GOING_AWAY, "The desktop has left.");
        }
    }

    private void connect() {
        cancelTimer();
        become(new Connecting());
        attempt++;
        int current = attempt;
        timer = surroundings.timer().after(GREETING_MILLIS, () -> {
            if (current == attempt) {
                failed("The server did not answer within " + GREETING_MILLIS / 1000 + " seconds.", 0);
            }
        });
        boolean expired = tokenExpiresAt > 0 && serverClock.now() > tokenExpiresAt;
        var _ = credentials.accessToken(tokenRefused || expired)
                .thenAccept(answer -> surroundings.owner().execute(() -> {
                    if (current == attempt && !closed) {
                        open(answer);
                    }
                }));
    }

    private void open(Credentials.Answer answer) {
        switch (answer) {
            case Credentials.Answer.Token token -> {
                tokenExpiresAt = token.expiresAt();
                ServerLink opening = new ServerLink(linkOwner, surroundings);
                link = opening;
                opening.use(transport.open(server, token.text(), opening));
            }
            // what the server said when it refused the token tells more than that there is no other
            case Credentials.Answer.Denied denied -> signedOut(refusal == null ? denied.reason() : refusal);
            case Credentials.Answer.Unreachable unreachable -> failed(unreachable.reason(), 0);
        }
    }

    private void welcomed(ServerLink from, ServerMessage.Welcome welcome) {
        cancelTimer();
        greeted = new Greeted(welcome.session(), welcome.account(), welcome.role(), welcome.instance(),
                welcome.server());
        serverClock.greeted(welcome.serverTime());
        onlineSince = surroundings.time().monotonic();
        tokenRefused = false;
        refusal = null;
        closing = null;
        become(new Online(-1));
        Heartbeat beating = new Heartbeat(from, surroundings, serverClock, this::measured,
                () -> failed("The server has not answered for " + Heartbeat.SILENCE_MILLIS / 1000 + " seconds.", 0));
        heartbeat = beating;
        beating.start();
        Renewal renewing = new Renewal(from, credentials, surroundings, serverClock);
        renewal = renewing;
        renewing.start(tokenExpiresAt);
        dashboards.connected(from, welcome.session());
    }

    private void measured(long roundTrip) {
        become(new Online(roundTrip));
        long offset = serverClock.wallOffset();
        if (Math.abs(offset - outbox.clockOffset()) > OFFSET_CHANGE_MILLIS) {
            outbox.clockOffset(offset);
        }
    }

    private void ended(Ending ending) {
        ServerMessage.Closing announced = closing;
        long retryAfter = announced == null ? 0 : announced.retryAfter();
        String text = announced == null ? "" : announced.text();
        Endings.Verdict verdict = Endings.judge(ending, text, server);
        if (ending instanceof Ending.Closed(int code, String _) && code == CloseCode.DISABLED.code()) {
            List.copyOf(disabledListeners).forEach(Runnable::run);
        }
        switch (verdict) {
            case Endings.Verdict.Retry retry -> failed(retry.reason(), retryAfter);
            case Endings.Verdict.Stop stop -> stop(new Stopped(stop.reason()));
            case Endings.Verdict.SignedOut out -> signedOut(out.reason());
            case Endings.Verdict.NewToken newToken -> {
                boolean again = tokenRefused;
                tokenRefused = true;
                if (state instanceof Online && ending instanceof Ending.Closed(int code, String _)
                        && code == CloseCode.NOT_SIGNED_IN.code()) {
                    refusal = newToken.reason();
                }
                if (again) {
                    signedOut(newToken.reason());
                } else {
                    failed(newToken.reason(), retryAfter);
                }
            }
        }
    }

    /// Waits, then connects again.
    private void failed(String reason, long retryAfter) {
        boolean steady = state instanceof Online && surroundings.time().monotonic() - onlineSince >= STEADY_MILLIS;
        if (steady) {
            backoff.reset();
        }
        drop(GOING_AWAY, reason);
        long delay = backoff.next(retryAfter);
        become(new Waiting(surroundings.time().wall() + delay, reason));
        timer = surroundings.timer().after(delay, this::connect);
    }

    private void signedOut(String reason) {
        stop(new Stopped(reason, true));
    }

    private void stop(Stopped stopped) {
        drop(GOING_AWAY, stopped.reason());
        become(stopped);
    }

    private void drop(int code, String reason) {
        attempt++;
        cancelTimer();
        closing = null;
        if (heartbeat != null) {
            heartbeat.stop();
            heartbeat = null;
        }
        if (renewal != null) {
            renewal.stop();
            renewal = null;
        }
        ServerLink dropped = link;
        link = null;
        if (dropped != null) {
            dropped.abandon(code, reason);
        }
        dashboards.disconnected();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void become(ConnectionState next) {
        state = next;
        List.copyOf(listeners).forEach(listener -> listener.accept(next));
    }

    private final class LinkOwner implements ServerLink.Owner {

        @Override
        public void opened(ServerLink from) {
            if (from == link) {
                from.send(new ClientMessage.Hello(VERSION, CLIENT, List.of(), null));
            }
        }

        @Override
        public void ended(ServerLink from, Ending ending) {
            if (from == link) {
                Connection.this.ended(ending);
            }
        }

        @Override
        public @Nullable LiveRoom live(DashboardId dashboard) {
            return dashboards.live(dashboard);
        }

        @Override
        public @Nullable Company company(DashboardId dashboard) {
            return dashboards.company(dashboard);
        }

        @Override
        public void received(ServerLink from, ServerMessage message, long arrived) {
            if (from != link) {
                return;
            }
            switch (message) {
                case ServerMessage.Welcome welcome -> welcomed(from, welcome);
                case ServerMessage.Pong pong -> {
                    if (heartbeat != null) {
                        heartbeat.received(pong, arrived);
                    }
                }
                case ServerMessage.Closing announced -> closing = announced;
                case ServerMessage.Joined joined -> dashboards.received(joined);
                case ServerMessage.NotJoined notJoined -> dashboards.received(notJoined);
                case ServerMessage.Failed failed -> dashboards.received(failed);
                case ServerMessage.Granted granted -> dashboards.received(granted);
                case ServerMessage.Committed committed -> in(committed.room(), member -> member.received(committed));
                case ServerMessage.Acked acked -> in(acked.room(), member -> member.received(acked));
                case ServerMessage.Rejected rejected -> in(rejected.room(), member -> member.received(rejected));
                case ServerMessage.Beat beat -> in(beat.room(), member -> member.received(beat));
                case ServerMessage.People people -> dashboards.received(people);
                // live data and what people show go their own way, on the transport's thread
                case ServerMessage.Tick _, ServerMessage.History _, ServerMessage.Lagged _, ServerMessage.Seen _ -> {}
            }
        }

        private void in(int room, Consumer<Membership> action) {
            Membership member = dashboards.in(room);
            if (member != null) {
                action.accept(member);
            }
        }
    }
}
