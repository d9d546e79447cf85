package io.watchfloor.client.app;

import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.DeviceKey;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.signin.WaitingView;
import io.watchfloor.protocol.rest.KioskAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Lets a wall screen in, without anybody at the keyboard: with the key of this device, or, once, with a code that binds
/// it to this device. FX thread only.
final class KioskEntrance {

    private static final Duration RETRY = Duration.seconds(5);
    /// After it was not let in, which the server notes each time.
    private static final Duration REFUSED = Duration.seconds(30);

    /// What is behind it.
    @FunctionalInterface
    interface Beyond {

        void enter(KioskFile kiosk, Account account);
    }

    private final StackPane window;
    private final Machinery machinery;
    private final Beyond beyond;
    private final WaitingView waiting = new WaitingView(() -> {}, () -> {});
    private @Nullable PauseTransition retry;

    /// @param window whose content its screens become
    KioskEntrance(StackPane window, Machinery machinery, Beyond beyond) {
        this.window = window;
        this.machinery = machinery;
        this.beyond = beyond;
    }

    /// What keeps this device from being a wall screen, as a sentence; null where nothing does.
    static @Nullable String problemOf(Options.Kiosk asked) {
        try {
            KioskFile kept = KioskFile.read(asked.key());
            boolean enrolled = kept != null && kept.isEnrolled();
            Path code = asked.code();
            if (!enrolled && code == null) {
                return "There is no key of a wall screen in " + asked.key()
                        + "; enrol this device with --kiosk-code-file FILE, with a code from an administrator.";
            }
            return enrolled || Files.isReadable(code)
                    ? null
                    : "The code in " + code + " cannot be read.";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /// @param server to be enrolled at, where the device is not yet
    void open(Options.Kiosk asked, URI server) {
        window.getChildren().setAll(waiting.node());
        try {
            KioskFile kept = KioskFile.read(asked.key());
            Path code = asked.code();
            if (kept != null && kept.isEnrolled()) {
                enter(kept);
            } else if (code != null) {
                KioskFile fresh = new KioskFile(asked.key(), server, kept == null ? DeviceKey.make() : kept.key(), "",
                        List.of());
                // before it is sent: what the server binds must be here for good
                fresh.write();
                enrol(fresh, code);
            }
        } catch (IOException e) {
            waiting.waiting("This wall screen cannot be enrolled: " + e.getMessage());
        }
    }

    private void enrol(KioskFile fresh, Path codeFile) throws IOException {
        waiting.waiting("Enrolling this wall screen at " + fresh.server().getAuthority() + ".");
        String code = Files.readString(codeFile, StandardCharsets.UTF_8).strip();
        var _ = machinery.rest(fresh.server()).enrolKiosk(code, fresh.key()).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<KioskAccess>(KioskAccess access) -> enrolled(fresh, access, codeFile);
                case Outcome.Refused<KioskAccess> refused -> waiting.waiting(
                        "This wall screen was not enrolled. " + refused.sentence());
                case Outcome.Unreachable<KioskAccess> unreachable -> {
                    waiting.waiting(unreachable.sentence() + " It is tried again.");
                    again(RETRY, () -> enrol(fresh, codeFile));
                }
            }
        });
    }

    private interface Step {
        void take() throws IOException;
    }

    private void again(Duration later, Step step) {
        PauseTransition pause = new PauseTransition(later);
        retry = pause;
        pause.setOnFinished(_ -> {
            try {
                step.take();
            } catch (IOException e) {
                waiting.waiting("This wall screen cannot be enrolled: " + e.getMessage());
            }
        });
        pause.play();
    }

    private void enrolled(KioskFile fresh, KioskAccess access, Path codeFile) {
        KioskFile kiosk = new KioskFile(fresh.file(), fresh.server(), fresh.key(), access.name(), access.dashboards());
        try {
            kiosk.write();
            Files.deleteIfExists(codeFile);
        } catch (IOException e) {
            waiting.waiting("This wall screen was enrolled, but that cannot be kept: " + e.getMessage());
            return;
        }
        enter(kiosk);
    }

    private void enter(KioskFile kiosk) {
        beyond.enter(kiosk, machinery.rest(kiosk.server()).kiosk(kiosk.name(), kiosk.key()));
    }

    /// It was taken back, or its server does not let it in any more.
    void turnedAway(String why) {
        window.getChildren().setAll(waiting.node());
        waiting.waiting(why.isEmpty() ? "This wall screen was taken back by an administrator." : why);
    }

    /// It was not let in for now: shows why, and tries again some time later.
    void refused(String why, KioskFile kiosk) {
        turnedAway(why.isEmpty() ? "The server does not let this wall screen in. It is tried again." : why);
        again(REFUSED, () -> open(new Options.Kiosk(kiosk.file(), null), kiosk.server()));
    }

    /// Gives up trying.
    void close() {
        if (retry != null) {
            retry.stop();
        }
    }
}
