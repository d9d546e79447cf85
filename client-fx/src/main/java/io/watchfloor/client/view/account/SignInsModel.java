package io.watchfloor.client.view.account;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.format.Moments;
import io.watchfloor.client.sync.rest.Account.Done;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.SignIns;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.SessionRow;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Where one is signed in. FX thread only.
public final class SignInsModel {

    /// Which question is open.
    public sealed interface Asking {

        /// None.
        record Nothing() implements Asking {}

        /// Whether this one is to be ended.
        record One(String id) implements Asking {}

        /// Whether all others are to be ended.
        record Others() implements Asking {}

        /// The same, asked of itself because the second factor is another one now.
        record OthersToo() implements Asking {}
    }

    /// How the list stands.
    public sealed interface State {

        /// Asked for; nothing has come yet.
        record Waiting() implements State {}

        record Shown(List<SessionRow> rows, Asking asking) implements State {

            public Shown {
                rows = List.copyOf(rows);
            }
        }

        /// @param sentence why there is no list
        record Failed(String sentence) implements State {}
    }

    private static final long JUST_NOW = 60_000;

    private final SignIns signIns;
    private final LongSupplier now;
    private final ZoneId zone;
    private final Consumer<String> told;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Waiting());
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    /// Whether the error is that the list could not be asked for anew.
    private boolean stale;

    /// @param now milliseconds since 1970 UTC, server time
    /// @param zone for the times that are told
    /// @param told takes sentences about what was done
    public SignInsModel(SignIns signIns, LongSupplier now, ZoneId zone, Consumer<String> told) {
        this.signIns = signIns;
        this.now = now;
        this.zone = zone;
        this.told = told;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Why the last thing asked for was not done, or why the list is an old one; empty for nothing.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /// Asks for the list anew; what is shown stays until the answer is there.
    public void refresh() {
        refresh(() -> {});
    }

    /// The second factor is another one now: where there are other sign-ins, asks whether they are to end.
    void factorChanged() {
        refresh(() -> {
            if (state.get() instanceof State.Shown shown && shown.rows().stream().anyMatch(row -> !row.current())) {
                ask(new Asking.OthersToo());
            }
        });
    }

    private void refresh(Runnable then) {
        var _ = signIns.list().thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<SessionList>(SessionList list) -> {
                    show(list.sessions());
                    then.run();
                    if (stale) {
                        stale = false;
                        error.set("");
                    }
                }
                case Outcome.Refused<SessionList> refused -> failed(refused.sentence());
                case Outcome.Unreachable<SessionList> unreachable -> failed(
                        AccountModel.needsServer(unreachable.sentence()));
            }
        });
    }

    /// The own one first. A question stays open while what it is about is there.
    private void show(List<SessionRow> rows) {
        List<SessionRow> sorted = rows.stream()
                .sorted((one, other) -> Boolean.compare(other.current(), one.current())).toList();
        state.set(new State.Shown(sorted, switch (asking()) {
            case Asking.One(String id) when rows.stream().noneMatch(row -> row.id().equals(id)) ->
                new Asking.Nothing();
            case Asking.Others _, Asking.OthersToo _ when rows.stream().allMatch(SessionRow::current) ->
                new Asking.Nothing();
            case Asking asked -> asked;
        }));
    }

    private void failed(String sentence) {
        if (state.get() instanceof State.Shown) {
            stale = true;
            error.set(sentence);
        } else {
            state.set(new State.Failed(sentence));
        }
    }

    private Asking asking() {
        return state.get() instanceof State.Shown shown ? shown.asking() : new Asking.Nothing();
    }

    /// What it is called: the machine, as the desktop there told it.
    public static String name(SessionRow row) {
        return row.device().isBlank() ? "A program that told no name" : PlainText.line(row.device());
    }

    /// From where, since when, and when it was seen last.
    public String detail(SessionRow row) {
        long age = now.getAsLong() - row.usedAt();
        return (isLoopback(row.address()) ? "On the server's own machine" : "From " + row.address()) + ", since "
                + Moments.text(row.startedAt(), zone) + ", "
                + (row.current()
                        ? "in use now"
                        : age < JUST_NOW ? "last seen just now" : "last seen " + Ages.text(age) + " ago");
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }

    /// Asks whether something is to be ended, or takes the question back.
    public void ask(Asking asked) {
        if (state.get() instanceof State.Shown shown) {
            state.set(new State.Shown(shown.rows(), asked));
        }
    }

    public void end(SessionRow row) {
        act(signIns.end(row.id()), "The sign-in on '" + name(row) + "' has ended.");
    }

    public void endOthers() {
        act(signIns.endOthers(), "All other sign-ins have ended.");
    }

    private void act(CompletableFuture<Outcome<Done>> asked, String done) {
        ask(new Asking.Nothing());
        stale = false;
        error.set("");
        var _ = asked.thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<?> _ -> {
                    told.accept(done);
                    refresh();
                }
                case Outcome.Refused<?> refused -> error.set(refused.sentence());
                case Outcome.Unreachable<?> unreachable -> error.set(
                        AccountModel.needsServer(unreachable.sentence()));
            }
        });
    }
}
