package io.watchfloor.client.view.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.client.view.window.ConnectionText.Line;
import io.watchfloor.client.view.window.ConnectionText.Step;
import io.watchfloor.client.view.window.ConnectionText.Weight;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ConnectionTextTest {

    private static final long LOST = Instant.parse("2026-11-21T10:42:07Z").toEpochMilli();

    private final ConnectionText text = new ConnectionText(ZoneOffset.UTC);

    @Test
    void online_tellsLatencyAsNumber_andWhetherEverythingIsSaved() {
        text.changed(new ConnectionState.Online(12), LOST);

        assertThat(text.line(LOST, 0))
                .isEqualTo(new Line(Weight.GOOD, "Connected", "12 ms", "All edits saved", "", Step.NONE));
        assertThat(text.line(LOST, 1).edits()).isEqualTo("1 edit is on the way");
        assertThat(text.line(LOST, 4).edits()).isEqualTo("4 edits are on the way");
    }

    @Test
    void offline_tellsSinceWhen_whenItTriesAgain_andWhatIsKept() {
        text.changed(new ConnectionState.Online(12), LOST - 5_000);
        text.changed(new ConnectionState.Waiting(LOST + 4_000, "The server does not answer."), LOST);

        assertThat(text.line(LOST + 100, 3)).isEqualTo(new Line(Weight.WARN,
                "Offline since 10:42:07. Next attempt in 4 s. 3 edits kept here.", "", "",
                "The server does not answer.", Step.RETRY));
    }

    @Test
    void offlineSince_staysThroughFailedAttempts() {
        text.changed(new ConnectionState.Online(12), LOST - 5_000);
        text.changed(new ConnectionState.Waiting(LOST + 1_000, "Gone."), LOST);
        text.changed(new ConnectionState.Connecting(), LOST + 1_000);
        text.changed(new ConnectionState.Waiting(LOST + 9_000, "Gone."), LOST + 2_000);

        assertThat(text.line(LOST + 9_500, 0).sentence()).isEqualTo("Offline since 10:42:07. Trying again now.");
    }

    @Test
    void firstConnecting_isNoFault() {
        text.changed(new ConnectionState.Connecting(), LOST);

        assertThat(text.line(LOST, 0).sentence()).isEqualTo("Connecting.");
        assertThat(text.line(LOST, 0).weight()).isEqualTo(Weight.CALM);
    }

    @Test
    void stopped_saysWhy_andOffersToSignIn() {
        text.changed(new ConnectionState.Stopped("The sign-in has expired. Sign in again."), LOST);

        Line line = text.line(LOST, 1);
        assertThat(line.sentence()).isEqualTo("The sign-in has expired. Sign in again. 1 edit kept here.");
        assertThat(line.step()).isEqualTo(Step.SIGN_IN);
        assertThat(line.weight()).isEqualTo(Weight.ALARM);
    }
}
