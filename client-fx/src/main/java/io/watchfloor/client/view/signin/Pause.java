package io.watchfloor.client.view.signin;

import io.watchfloor.client.sync.rest.Outcome;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// The pause that a server asks for before the next attempt, told as it runs out. FX thread only.
public final class Pause {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final long SECOND = 1_000;

    private final LongSupplier clock;
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private String why = "";
    private long until;

    /// @param clock monotonic milliseconds
    public Pause(LongSupplier clock) {
        this.clock = clock;
    }

    /// By the machine's own clock.
    public static Pause real() {
        return new Pause(() -> System.nanoTime() / 1_000_000);
    }

    /// A sentence while it lasts; empty otherwise.
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// Whether the next attempt has to wait.
    public boolean lasts() {
        return !text.get().isEmpty();
    }

    /// Begins where the server has refused with a time to wait.
    ///
    /// @return false where it was refused for another reason
    public boolean begins(Outcome.Refused<?> refused) {
        if (refused.retryAfter() <= 0) {
            return false;
        }
        why = refused.status() == TOO_MANY_REQUESTS
                ? "Too many attempts have failed."
                : "The server cannot do this at the moment.";
        until = clock.getAsLong() + refused.retryAfter() * SECOND;
        tick();
        return true;
    }

    /// Tells anew how long it lasts; to be called each second.
    public void tick() {
        long left = Math.ceilDiv(until - clock.getAsLong(), SECOND);
        text.set(left > 0 && !why.isEmpty() ? why + " Try again in " + left + " s." : "");
    }
}
