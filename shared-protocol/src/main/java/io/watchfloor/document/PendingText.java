package io.watchfloor.document;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One text with what this replica has typed into it and the log does not hold yet: the confirmed text, over it the delta
/// that was pushed and not answered (in flight), over that what was typed since (buffered). At most one delta is in
/// flight; what comes from others is transformed past both, so that nothing typed moves from where it was typed.
///
/// What happens makes another one of these, and tells by which delta the shown text changes. Immutable.
public final class PendingText {

    private final Rope confirmed;
    private final @Nullable Delta inFlight;
    private final Delta buffered;
    /// The confirmed text with what is in flight, once it was needed.
    private @Nullable Rope pushed;
    /// That with what is buffered, once it was needed.
    private @Nullable Rope shown;

    /// @param inFlight as it applies to the confirmed text, whatever was logged since it was pushed; null where none is
    /// @param buffered as it applies after it; empty where nothing waits
    public PendingText(Rope confirmed, @Nullable Delta inFlight, Delta buffered) {
        this.confirmed = confirmed;
        this.inFlight = inFlight;
        this.buffered = buffered;
    }

    /// What became of a text.
    ///
    /// @param shown what changes the shown text
    public record Outcome(PendingText text, Delta shown) {}

    /// A text without anything pending.
    public static PendingText of(Rope confirmed) {
        return new PendingText(confirmed, null, Delta.NONE);
    }

    public Rope confirmed() {
        return confirmed;
    }

    public @Nullable Delta inFlight() {
        return inFlight;
    }

    public Delta buffered() {
        return buffered;
    }

    /// What a person sees.
    ///
    /// @throws IllegalArgumentException where what is pending does not fit the confirmed text
    public Rope shown() {
        Rope text = shown;
        if (text == null) {
            text = buffered.apply(pushed());
            shown = text;
        }
        return text;
    }

    public boolean isSettled() {
        return inFlight == null && buffered.isEmpty();
    }

    /// Whether something waits that may be pushed now.
    public boolean isReady() {
        return inFlight == null && !buffered.isEmpty();
    }

    /// Something was typed.
    ///
    /// @param delta on the shown text
    /// @throws IllegalArgumentException where it does not fit the shown text
    public PendingText edit(Delta delta) {
        Rope now = delta.apply(shown());
        PendingText text = new PendingText(confirmed, inFlight, buffered.compose(delta));
        text.pushed = pushed;
        text.shown = now;
        return text;
    }

    /// What is buffered goes in flight, on the confirmed text. It has at most as many components as a push may have.
    ///
    /// @throws IllegalStateException where something is in flight already
    public PendingText send() {
        if (inFlight != null) {
            throw new IllegalStateException("a delta of this text is in flight already");
        }
        Delta delta = buffered.size() > Limits.DELTA_COMPONENTS ? buffered.simplified(confirmed.toString()) : buffered;
        return new PendingText(confirmed, delta, Delta.NONE);
    }

    /// The log goes on with somebody else's delta.
    ///
    /// @throws IllegalArgumentException where it does not fit the confirmed text, which then is not the log's
    public Outcome committedByOther(Delta logged) {
        return over(logged.apply(confirmed), logged);
    }

    /// The log goes on with the delta in flight, as it was logged. Where that is not as expected, what was typed since is
    /// carried over.
    ///
    /// @throws IllegalArgumentException where it does not fit the confirmed text, which then is not the log's
    public Outcome acked(Delta logged) {
        Rope now = logged.apply(confirmed);
        return logged.equals(inFlight)
                ? new Outcome(new PendingText(now, null, buffered), Delta.NONE)
                : without(now, undone().compose(logged));
    }

    /// What was in flight was refused, or is part of the confirmed text already.
    public Outcome dropped() {
        return without(confirmed, undone());
    }

    /// What was in flight was not taken, because the room does not know its base any more: it waits again.
    public PendingText returned() {
        return new PendingText(confirmed, null, inFlight == null ? buffered : inFlight.compose(buffered));
    }

    /// Another confirmed text took the place of the one here: what is pending is carried over the difference. A word that
    /// came instead of another one comes behind it before that one goes, so that what was typed in front of it stays there.
    ///
    /// @return what came of it in two steps, one after the other: made one, they would not tell any more what stood behind
    ///         what is gone
    public List<Outcome> reset(String other) {
        TextDifference.Replacements difference = TextDifference.replacements(confirmed.toString(), other);
        Outcome added = committedByOther(difference.additions());
        return List.of(added, added.text().committedByOther(difference.removals()));
    }

    /// A place in the shown text as one in the confirmed text; inside what is pending, where that begins.
    public int confirmedPlace(int shown) {
        int pushed = buffered.invert(pushed()).transform(shown, Delta.Side.LEFT);
        return inFlight == null ? pushed : inFlight.invert(confirmed).transform(pushed, Delta.Side.LEFT);
    }

    /// A place in the confirmed text as one in the shown text.
    public int shownPlace(int confirmedPlace) {
        int pushed = inFlight == null ? confirmedPlace : inFlight.transform(confirmedPlace, Delta.Side.LEFT);
        return buffered.transform(pushed, Delta.Side.LEFT);
    }

    private Outcome over(Rope now, Delta change) {
        Delta sent = inFlight == null ? null : inFlight.transform(change, Delta.Side.RIGHT);
        Delta between = inFlight == null ? change : change.transform(inFlight, Delta.Side.LEFT);
        PendingText text = new PendingText(now, sent, buffered.transform(between, Delta.Side.RIGHT));
        return new Outcome(text, between.transform(buffered, Delta.Side.LEFT));
    }

    /// @param change from the text with what is in flight to the one that is confirmed now
    private Outcome without(Rope now, Delta change) {
        PendingText text = new PendingText(now, null, buffered.transform(change, Delta.Side.RIGHT));
        return new Outcome(text, change.transform(buffered, Delta.Side.LEFT));
    }

    private Delta undone() {
        return inFlight == null ? Delta.NONE : inFlight.invert(confirmed);
    }

    private Rope pushed() {
        Rope text = pushed;
        if (text == null) {
            text = inFlight == null ? confirmed : inFlight.apply(confirmed);
            pushed = text;
        }
        return text;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof PendingText other && confirmed.equals(other.confirmed)
                && Objects.equals(inFlight, other.inFlight) && buffered.equals(other.buffered);
    }

    @Override
    public int hashCode() {
        return Objects.hash(confirmed, inFlight, buffered);
    }

    @Override
    public String toString() {
        return "'" + confirmed + "', in flight " + inFlight + ", buffered " + buffered;
    }
}
