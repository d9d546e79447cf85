package io.watchfloor.client.model;

import io.watchfloor.document.Delta;
import io.watchfloor.document.TextId;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Makes steps of typing: what is typed without a pause at one place is one step. Owner executor only.
final class Typing {

    /// Who stops for so long begins another step.
    static final long PAUSE_MILLIS = 1_000;
    /// UTF-16 units of one step, so that undoing does not take away everything at once.
    private static final int MOST = 200;

    /// One place of a text that a delta changes.
    private record Place(int offset, int inserted, int deleted, boolean newLine) {

        /// Null where the delta changes several places, or inserts and deletes.
        static @Nullable Place of(Delta delta) {
            int[] found = new int[4]; // where, inserted, deleted, components after the first change
            boolean[] newLine = new boolean[1];
            delta.visit(new Delta.Visitor() {

                @Override
                public void retain(int length) {
                    found[0] += length;
                    found[3] += found[1] + found[2] > 0 ? 1 : 0;
                }

                @Override
                public void insert(String text) {
                    found[3] += found[1] + found[2] > 0 ? 1 : 0;
                    found[1] += text.length();
                    newLine[0] |= text.indexOf('\n') >= 0;
                }

                @Override
                public void delete(int length) {
                    found[3] += found[1] + found[2] > 0 ? 1 : 0;
                    found[2] += length;
                }
            });
            return found[3] > 0 ? null : new Place(found[0], found[1], found[2], newLine[0]);
        }
    }

    private final Steps steps;
    private final LongSupplier now;
    private @Nullable TextId text;
    /// The step that was made, to notice that something else was done since.
    private @Nullable Step made;
    private boolean inserting;
    private int caret;
    private int length;
    private long at;

    /// @param now milliseconds
    Typing(Steps steps, LongSupplier now) {
        this.steps = steps;
        this.now = now;
    }

    /// Types into a text.
    ///
    /// @return whether it was done
    boolean type(String label, TextId id, Delta delta) {
        Place place = Place.of(delta);
        boolean goesOn = place != null && goesOn(id, place);
        Optional<Step> typed = steps.type(label, id, delta);
        if (typed.isEmpty()) {
            return false;
        }
        if (goesOn) {
            steps.joined(typed.get());
        } else {
            steps.done(typed.get());
            length = 0;
        }
        at = now.getAsLong();
        text = place == null ? null : id;
        made = steps.latest().orElse(null);
        if (place != null) {
            inserting = place.inserted() > 0;
            caret = place.offset() + place.inserted();
            length += place.inserted() + place.deleted();
        }
        return true;
    }

    private boolean goesOn(TextId id, Place place) {
        boolean sameStep = made != null && id.equals(text) && steps.latest().filter(made::equals).isPresent();
        boolean sameKind = inserting == place.inserted() > 0;
        boolean adjacent = inserting
                ? place.offset() == caret
                : place.offset() == caret || place.offset() + place.deleted() == caret;
        return sameStep && sameKind && adjacent && !place.newLine() && length < MOST
                && now.getAsLong() - at <= PAUSE_MILLIS;
    }

    /// A text is shown otherwise, by no step of one's own.
    void textChanged(TextId id, Delta delta) {
        if (id.equals(text)) {
            caret = delta.transform(caret, Delta.Side.LEFT);
            made = made == null ? null : steps.latest().filter(step -> step.hasTyped(id)).orElse(null);
        }
    }
}
