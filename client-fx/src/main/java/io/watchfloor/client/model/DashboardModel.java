package io.watchfloor.client.model;

import io.watchfloor.client.sync.Company;
import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.DashboardListener;
import io.watchfloor.client.sync.DashboardReplica;
import io.watchfloor.client.sync.Greeted;
import io.watchfloor.client.sync.LiveData;
import io.watchfloor.client.sync.Merged;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.sync.Rejection;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An open dashboard as views show it: its title and its widgets, changed by this person and by others. Owner executor
/// only.
public final class DashboardModel implements AutoCloseable {

    /// How far back charts look where the dashboard does not say.
    public static final long DEFAULT_RANGE_MILLIS = 900_000;

    private final Connection connection;
    private final DashboardReplica replica;
    private final DashboardEditor editor;
    private final MergeWords words;
    private final ShownWidgets widgets;
    private final List<ModelListener> listeners = new ArrayList<>();
    private final List<DashboardText> texts = new ArrayList<>();
    private List<Person> people = List.of();
    private @Nullable String unavailable;
    private boolean missing;

    private DashboardModel(Connection connection, DashboardId id, RandomGenerator random) {
        this.connection = connection;
        replica = connection.open(id, new Changes());
        WidgetReader reader = new WidgetReader(this::value);
        widgets = new ShownWidgets(reader);
        words = new MergeWords(replica, reader);
        editor = new DashboardEditor(replica, this, random, () -> tell(ModelListener::stepsChanged));
    }

    /// Opens a dashboard. It is empty until it is joined.
    ///
    /// @param random for the ids of new elements
    /// @throws IllegalStateException where it is open already
    public static DashboardModel open(Connection connection, DashboardId id, RandomGenerator random) {
        DashboardModel model = new DashboardModel(connection, id, random);
        model.changed(ShownWidgets.appearing(model.replica.elements()));
        return model;
    }

    /// The copy that is shown, down to its registers.
    public DashboardReplica replica() {
        return replica;
    }

    public DashboardId id() {
        return replica.dashboard();
    }

    /// Empty before the first join.
    public String title() {
        return ElementForms.text(value(ElementId.DASHBOARD, Properties.TITLE), "");
    }

    /// How far back charts look.
    public long rangeMillis() {
        return ElementForms.rangeMillis(value(ElementId.DASHBOARD, Properties.RANGE));
    }

    private @Nullable Value value(ElementId element, String property) {
        Assignment assignment = replica.find(element, property);
        return assignment == null ? null : assignment.value();
    }

    /// The long text of an element, "" where nothing was ever written.
    ///
    /// @param property [Properties#TEXT] or [Properties#DESCRIPTION]
    public String text(ElementId element, String property) {
        return replica.text(new TextId(element, property));
    }

    /// All widgets, the lowest first.
    public List<Widget> widgets() {
        return widgets.all();
    }

    /// Null where there is no such widget.
    public @Nullable Widget widget(ElementId id) {
        return widgets.find(id);
    }

    /// Whether what is shown is as new as the server's.
    public boolean joined() {
        return replica.joined();
    }

    /// Until when what is shown is known to have been as new as the server's, milliseconds since 1970 UTC, server time; 0
    /// where it never was.
    public long seenAt() {
        return replica.seenAt();
    }

    /// Whether nothing of the dashboard was kept on this computer, so that it is not known before it is joined.
    public boolean missing() {
        return missing;
    }

    public Right right() {
        return replica.right();
    }

    /// Everybody who looks at the dashboard, oneself included.
    public List<Person> people() {
        return people;
    }

    /// Edits that the server has not acked.
    public int unsent() {
        return replica.unsent();
    }

    /// Why the dashboard cannot be joined, as a sentence for people; null where it can.
    public @Nullable String unavailable() {
        return unavailable;
    }

    /// Milliseconds since 1970 UTC, as the server's clock has it: against this the age of samples is told. Thread-safe.
    public long serverTime() {
        return connection.serverTime();
    }

    /// Thread-safe, as is what it answers.
    public LiveData live() {
        return replica.live();
    }

    /// Who else is here, and what they and this view show each other.
    public Company company() {
        return replica.company();
    }

    public DashboardEditor editor() {
        return editor;
    }

    /// A long text, for a view that shows it and closes it.
    public LongText longText(ElementId element, String property) {
        DashboardText text = new DashboardText(new TextId(element, property), replica, editor,
                sentence -> tell(listener -> listener.notice(sentence)), texts::remove);
        texts.add(text);
        return text;
    }

    /// The listener is told of each change from now on.
    public Registration listen(ModelListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Leaves the dashboard; its feeds end.
    @Override
    public void close() {
        listeners.clear();
        texts.clear();
        replica.close();
    }

    private void tell(Consumer<ModelListener> what) {
        List.copyOf(listeners).forEach(what);
    }

    private void changed(Set<Change> changes) {
        for (ShownWidgets.Turn turn : widgets.changed(changes)) {
            Widget before = turn.before();
            Widget after = turn.after();
            tell(listener -> {
                if (after == null) {
                    listener.widgetRemoved(turn.id());
                } else if (before == null) {
                    listener.widgetAdded(after);
                } else {
                    listener.widgetChanged(before, after);
                }
            });
        }
        if (changes.stream().anyMatch(change -> change.element().equals(ElementId.DASHBOARD))) {
            tell(ModelListener::dashboardChanged);
        }
    }

    private final class Changes implements DashboardListener {

        @Override
        public void changed(Set<Change> changes) {
            DashboardModel.this.changed(changes);
            editor.steps().othersChanged(changes);
        }

        @Override
        public void textChanged(TextId text, Delta delta, boolean own) {
            if (!own) {
                editor.textChanged(text, delta);
            }
            List.copyOf(texts).stream().filter(each -> each.id().equals(text)).forEach(each -> each.changed(delta));
            tell(listener -> listener.textChanged(text.element(), text.property(), delta, own));
        }

        @Override
        public void opened(boolean kept) {
            missing = !kept;
            tell(ModelListener::opened);
        }

        @Override
        public void merged(Merged merged) {
            Greeted greeted = connection.greeted();
            MergeReport report = words.report(merged, greeted == null ? "" : greeted.account());
            if (!report.isEmpty()) {
                tell(listener -> listener.merged(report));
            }
        }

        @Override
        public void joined() {
            unavailable = null;
            tell(ModelListener::joined);
        }

        @Override
        public void left() {
            people = List.of();
            tell(ModelListener::left);
        }

        @Override
        public void right(Right right) {
            List.copyOf(texts).forEach(DashboardText::rightChanged);
            tell(listener -> listener.rightChanged(right));
        }

        @Override
        public void people(List<Person> present) {
            people = present;
            tell(listener -> listener.peopleChanged(present));
        }

        @Override
        public void unsent(int count) {
            List.copyOf(texts).forEach(DashboardText::publish);
            tell(listener -> listener.unsentChanged(count));
        }

        @Override
        public void restamped(List<Assignment> before, List<Assignment> after) {
            editor.steps().restamped(before, after);
        }

        @Override
        public void rejected(Rejection rejection) {
            editor.steps().rejected(rejection);
            tell(listener -> listener.rejected(words.item(rejection)));
        }

        @Override
        public void notice(String sentence) {
            tell(listener -> listener.notice(sentence));
        }

        @Override
        public void unavailable(String sentence) {
            unavailable = sentence;
            tell(listener -> listener.unavailable(sentence));
        }
    }
}
