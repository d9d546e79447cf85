package io.watchfloor.client.view.window;

import io.watchfloor.client.sync.ConnectionState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// What the status line says of the connection. Remembers only since when there has been none. FX thread only.
public final class ConnectionText {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final long NEVER = Long.MIN_VALUE;

    /// How much it matters.
    public enum Weight {
        CALM, GOOD, WARN, ALARM
    }

    /// What there is to say.
    ///
    /// @param sentence how the connection stands
    /// @param latency as in `12 ms`; empty where it is not known
    /// @param edits what has become of one's own edits; empty where `sentence` tells it
    /// @param hint more of it, for whoever asks
    /// @param step what somebody can do about it
    ///
    /// Immutable.
    public record Line(Weight weight, String sentence, String latency, String edits, String hint, Step step) {}

    /// What somebody can do about the connection.
    public enum Step {
        NONE, RETRY, SIGN_IN
    }

    private final ZoneId zone;
    private ConnectionState state = new ConnectionState.Connecting();
    private @Nullable String reason;
    private long offlineSince = NEVER;
    private boolean wasOnline;

    public ConnectionText(ZoneId zone) {
        this.zone = zone;
    }

    /// @param now milliseconds since 1970 UTC by this machine's clock
    public void changed(ConnectionState next, long now) {
        state = next;
        switch (next) {
            case ConnectionState.Online _ -> {
                wasOnline = true;
                offlineSince = NEVER;
                reason = null;
            }
            case ConnectionState.Connecting _ -> offlineSince(now);
            case ConnectionState.Waiting waiting -> {
                offlineSince(now);
                reason = waiting.reason();
            }
            case ConnectionState.Stopped stopped -> {
                offlineSince(now);
                reason = stopped.reason();
            }
        }
    }

    private void offlineSince(long now) {
        if (offlineSince == NEVER) {
            offlineSince = now;
        }
    }

    /// @param now milliseconds since 1970 UTC by this machine's clock
    /// @param unsent edits that the server has not acked
    public Line line(long now, int unsent) {
        String hint = reason == null ? "" : reason;
        return switch (state) {
            case ConnectionState.Online(long latency) -> new Line(Weight.GOOD, "Connected",
                    latency < 0 ? "" : latency + " ms",
                    unsent == 0 ? "All edits saved" : edits(unsent) + (unsent == 1 ? " is" : " are") + " on the way",
                    "",
                    Step.NONE);
            case ConnectionState.Connecting() -> wasOnline || reason != null
                    ? new Line(Weight.WARN, since() + " Connecting." + kept(unsent), "", "", hint, Step.NONE)
                    : new Line(Weight.CALM, "Connecting." + kept(unsent), "", "", hint, Step.NONE);
            case ConnectionState.Waiting waiting -> {
                long seconds = Math.max(0, Math.ceilDiv(waiting.nextAttempt() - now, 1_000));
                String next = seconds == 0 ? " Trying again now." : " Next attempt in " + seconds + " s.";
                yield new Line(Weight.WARN, since() + next + kept(unsent), "", "", hint, Step.RETRY);
            }
            case ConnectionState.Stopped stopped -> new Line(Weight.ALARM, stopped.reason() + kept(unsent), "", "",
                    since(), Step.SIGN_IN);
        };
    }

    /// A sentence, and after it what becomes of edits that were not sent when one has to sign in again.
    public static String kept(String sentence, int unsent) {
        return unsent == 0
                ? sentence
                : sentence + " " + edits(unsent) + (unsent == 1 ? " has" : " have")
                        + " not reached the server yet: what"
                        + " was not sent stays on this computer and is sent when you sign in here again.";
    }

    private String since() {
        return "Offline since " + CLOCK.format(Instant.ofEpochMilli(offlineSince).atZone(zone)) + ".";
    }

    private static String kept(int unsent) {
        return unsent == 0 ? "" : " " + edits(unsent) + " kept here.";
    }

    private static String edits(int count) {
        return count == 1 ? "1 edit" : count + " edits";
    }
}
