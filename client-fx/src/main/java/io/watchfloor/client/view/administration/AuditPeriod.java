package io.watchfloor.client.view.administration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// From when on events of the audit log are wanted, to choose from. Immutable.
public enum AuditPeriod {
    ANY("Any time", null), HOUR("Last hour", Duration.ofHours(1)), DAY("Last 24 hours", Duration.ofDays(1)), WEEK(
            "Last 7 days", Duration.ofDays(7)), MONTH("Last 30 days", Duration.ofDays(30)),
    /// Those of the days that are named beside it.
    DAYS("Some days", null);

    private final String title;
    private final @Nullable Duration back;

    AuditPeriod(String title, @Nullable Duration back) {
        this.title = title;
        this.back = back;
    }

    /// For people.
    public String title() {
        return title;
    }

    /// How far it reaches back; null where it does not depend on now.
    @Nullable
    Duration back() {
        return back;
    }
}
