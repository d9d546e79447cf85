package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.sync.rest.AuditQuestion;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.rest.AuditChains;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the page of the audit log shows and does: events the newest first, a page at a time. FX thread only.
public final class AuditModel implements SectionModel {

    private static final int PAGE = 100;
    /// Events that are shown at most; more are in the exported file.
    private static final int MOST = 10_000;

    private final Administration administration;
    private final Notices notices;
    private final AuditExport export;
    private final LongSupplier now;
    private final ZoneId zone;
    private final Asked<AuditChains> chains;
    private final Asked<DashboardList> dashboards;
    private final ObservableList<AuditRow> events = FXCollections.observableArrayList();
    private final StringProperty name = new SimpleStringProperty("");
    private final ObjectProperty<AuditKind> kind = new SimpleObjectProperty<>(AuditKind.ALL);
    private final ObjectProperty<@Nullable AuditOutcome> outcome = new SimpleObjectProperty<>();
    private final ObjectProperty<AuditPeriod> period = new SimpleObjectProperty<>(AuditPeriod.ANY);
    private final ObjectProperty<@Nullable LocalDate> firstDay = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable LocalDate> lastDay = new SimpleObjectProperty<>();
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper exporting = new ReadOnlyBooleanWrapper();
    private @Nullable Long next;
    /// Counts questions, so that answers to earlier ones are dropped.
    private int question;
    private boolean closed;

    /// @param now milliseconds since 1970 UTC, server time
    /// @param zone of who looks
    public AuditModel(Administration administration, Notices notices, AuditExport export, LongSupplier now,
            ZoneId zone) {
        this.administration = administration;
        this.notices = notices;
        this.export = export;
        this.now = now;
        this.zone = zone;
        chains = new Asked<>(administration::auditChains, notices);
        dashboards = new Asked<>(administration::dashboards, notices);
        name.addListener((_, _, _) -> restart());
        for (ObjectProperty<?> filter : List.<ObjectProperty<?>>of(kind, outcome, period, firstDay, lastDay)) {
            filter.addListener((_, _, _) -> restart());
        }
    }

    /// Newest first.
    public ObservableList<AuditRow> events() {
        return events;
    }

    public ReadOnlyObjectProperty<Loaded<AuditChains>> chainsProperty() {
        return chains.stateProperty();
    }

    /// Told when it is known what dashboards there are.
    public ReadOnlyObjectProperty<Loaded<DashboardList>> dashboardsProperty() {
        return dashboards.stateProperty();
    }

    /// What an event was done to: a dashboard that is still there by its title.
    public @Nullable String subject(AuditRow event) {
        DashboardList known = dashboards.value();
        return known == null || event.subject() == null
                ? event.subject()
                : known.dashboards().stream().filter(row -> row.id().toString().equals(event.subject())).findFirst()
                        .map(DashboardRow::title).orElse(event.subject());
    }

    /// Who did it or what it was done to; empty for all.
    public StringProperty nameProperty() {
        return name;
    }

    public ObjectProperty<AuditKind> kindProperty() {
        return kind;
    }

    /// Null for all.
    public ObjectProperty<@Nullable AuditOutcome> outcomeProperty() {
        return outcome;
    }

    public ObjectProperty<AuditPeriod> periodProperty() {
        return period;
    }

    /// Of [AuditPeriod#DAYS]; null for the first there is.
    public ObjectProperty<@Nullable LocalDate> firstDayProperty() {
        return firstDay;
    }

    /// Of [AuditPeriod#DAYS]; null for today.
    public ObjectProperty<@Nullable LocalDate> lastDayProperty() {
        return lastDay;
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    @Override
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty exportingProperty() {
        return exporting.getReadOnlyProperty();
    }

    public ZoneId zone() {
        return zone;
    }

    /// Whether there are older events that can be shown.
    public boolean hasMore() {
        return next != null && events.size() < MOST;
    }

    /// Whether there are more than are shown at once.
    public boolean isFull() {
        return next != null && events.size() >= MOST;
    }

    private void restart() {
        question++;
        loading.set(false);
        events.clear();
        next = null;
        refresh();
    }

    /// Asks for what is new; older events that were read before stay.
    @Override
    public void refresh() {
        chains.refresh();
        if (dashboards.value() == null) {
            dashboards.refresh();
        }
        take(null, page -> {
            long newest = events.isEmpty() ? -1 : events.getFirst().id();
            List<AuditRow> fresh = page.events().stream().filter(event -> event.id() > newest).toList();
            if (events.isEmpty() || (fresh.size() == page.events().size() && page.next() != null)) {
                // more has happened than fits a page: what is between is not known
                events.setAll(page.events());
                next = page.next();
            } else if (!fresh.isEmpty()) {
                events.addAll(0, fresh);
            }
        });
    }

    /// Asks for the events before those.
    public void more() {
        Long before = next;
        if (before != null && hasMore() && !loading.get()) {
            take(before, page -> {
                next = page.next();
                events.addAll(page.events());
            });
        }
    }

    private void take(@Nullable Long before, Consumer<AuditPage> then) {
        if (loading.get()) {
            return;
        }
        int asked = question;
        loading.set(true);
        var _ = administration.audit(before, question(), PAGE).thenAccept(answer -> {
            if (closed || asked != question) {
                return;
            }
            problem.set(switch (answer) {
                case Outcome.Ok<AuditPage>(AuditPage page) -> {
                    then.accept(page);
                    yield "";
                }
                case Outcome.Refused<AuditPage> refused -> refused.sentence();
                case Outcome.Unreachable<AuditPage> unreachable -> unreachable.sentence();
            });
            loading.set(false);
        });
    }

    private AuditQuestion question() {
        Long from = null;
        Long to = null;
        AuditPeriod chosen = period.get();
        if (chosen == AuditPeriod.DAYS) {
            from = firstDay.get() == null ? null : start(firstDay.get());
            to = lastDay.get() == null ? null : start(lastDay.get().plusDays(1));
        } else if (chosen.back() != null) {
            from = now.getAsLong() - chosen.back().toMillis();
        }
        // the epoch itself is no time that a question may name
        return new AuditQuestion(name.get(), kind.get().actions(), outcome.get(),
                from == null ? null : Math.max(1, from),
                to == null ? null : Math.max(1, to));
    }

    private long start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /// Writes all events that are asked for into a file, page by page, in the order in which they are shown.
    public void export(Path file) {
        if (exporting.get()) {
            return;
        }
        exporting.set(true);
        notices.show("Writing the audit log to " + file + ".");
        export.write(before -> administration.audit(before, question(), AuditExport.PAGE), file, sentence -> {
            exporting.set(false);
            notices.show(sentence);
        });
    }

    @Override
    public void close() {
        closed = true;
        chains.close();
        dashboards.close();
        export.stop();
    }
}
