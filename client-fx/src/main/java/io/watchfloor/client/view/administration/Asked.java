package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.window.Notices;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// Something that a page shows of the server, and what was asked last of it that was not done. What is shown stays until
/// a newer answer is there. FX thread only.
final class Asked<T> {

    private final Supplier<CompletableFuture<Outcome<T>>> source;
    private final ReadOnlyObjectWrapper<Loaded<T>> state = new ReadOnlyObjectWrapper<>(new Loaded.Waiting<>());
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final Notices notices;
    /// How often was asked, and the first question whose answer is not older than what is shown.
    private long questions;
    private long current;
    /// Whether the problem is that nothing new could be had.
    private boolean stale;
    private boolean closed;

    /// @param source its futures complete on the FX thread
    /// @param notices told what is refused once the page is left
    Asked(Supplier<CompletableFuture<Outcome<T>>> source, Notices notices) {
        this.source = source;
        this.notices = notices;
    }

    ReadOnlyObjectProperty<Loaded<T>> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// The last answer; null where there is none.
    @Nullable
    T value() {
        return state.get() instanceof Loaded.Shown<T>(T value) ? value : null;
    }

    /// Asks anew.
    void refresh() {
        take(source.get());
    }

    /// Takes an answer that came otherwise.
    void take(CompletableFuture<Outcome<T>> asked) {
        long question = ++questions;
        var _ = asked.thenAccept(outcome -> {
            if (closed || question < current) {
                return;
            }
            current = question;
            switch (outcome) {
                case Outcome.Ok<T>(T value) -> {
                    if (stale) {
                        tell("");
                    }
                    state.set(new Loaded.Shown<>(value));
                }
                case Outcome.Refused<T> refused -> failed(refused.sentence());
                case Outcome.Unreachable<T> unreachable -> failed(unreachable.sentence());
            }
        });
    }

    /// Something old is better than nothing.
    private void failed(String sentence) {
        if (value() == null) {
            state.set(new Loaded.Failed<>(sentence));
        } else {
            tell(sentence);
            stale = true;
        }
    }

    private void tell(String sentence) {
        stale = false;
        problem.set(sentence);
    }

    /// Asks for an act, and asks anew what there is once it is done. A refusal is told.
    ///
    /// @param done called also where the page was left meanwhile
    <A> void act(CompletableFuture<Outcome<A>> asked, Consumer<A> done) {
        act(asked, done, () -> {});
    }

    /// @param undone called where it was not done
    <A> void act(CompletableFuture<Outcome<A>> asked, Consumer<A> done, Runnable undone) {
        tell("");
        var _ = asked.thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<A>(A value) -> {
                    // answers to earlier questions may be of before it
                    current = questions + 1;
                    done.accept(value);
                    refresh();
                }
                case Outcome.Refused<A> refused -> refused(refused.sentence(), undone);
                case Outcome.Unreachable<A> unreachable ->
                    refused(unreachable.sentence() + " Nothing was changed.", undone);
            }
        });
    }

    /// What is shown may be what was refused, so that it is shown again as it is.
    private void refused(String sentence, Runnable undone) {
        if (closed) {
            notices.show(sentence);
            return;
        }
        tell(sentence);
        Loaded<T> now = state.get();
        state.set(new Loaded.Waiting<>());
        state.set(now);
        undone.run();
    }

    /// Takes no answers any more.
    void close() {
        closed = true;
    }
}
