package io.watchfloor.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A change of a text as one walk over it: keep some, insert some, delete some; what the walk does not reach is kept.
/// Lengths and offsets are UTF-16 units, and no component begins or ends inside a surrogate pair of its text.
///
/// There is one form for each walk: neighbours of a kind are one component, an insertion stands before the deletion it
/// touches, and nothing is kept at the end. Made by [DeltaBuilder]. Immutable.
///
/// Source: the deltas and the transformation of C. A. Ellis and S. J. Gibbs, "Concurrency control in groupware systems"
/// (1989), with a central order as in D. A. Nichols and others, "High-latency, low-bandwidth windowing in the Jupiter
/// collaboration system" (1995).
public final class Delta {

    /// Where the insertion of a delta goes that meets another one at the same place.
    public enum Side {
        /// Before the other's: this delta is the earlier one in the log.
        LEFT,
        /// After the other's: this delta is the later one in the log.
        RIGHT
    }

    /// Takes the components of a delta, in order.
    public interface Visitor {

        void retain(int length);

        void insert(String text);

        void delete(int length);
    }

    /// Components from which on it is cheaper to write a text anew than to change it piece by piece.
    private static final int MANY = 64;

    /// Changes nothing.
    public static final Delta NONE = new Delta(new int[0], new String[0]);

    /// Above 0 what is kept, below 0 what is deleted, 0 for an insertion.
    final int[] lengths;
    /// Beside each length the text that is inserted, or "".
    final String[] inserted;

    Delta(int[] lengths, String[] inserted) {
        this.lengths = lengths;
        this.inserted = inserted;
    }

    /// @throws IllegalArgumentException where a length or the offset is negative
    public static Delta replace(int offset, int length, String text) {
        return new DeltaBuilder().retain(offset).insert(text).delete(length).build();
    }

    public static Delta insert(int offset, String text) {
        return replace(offset, 0, text);
    }

    public static Delta delete(int offset, int length) {
        return replace(offset, length, "");
    }

    public boolean isEmpty() {
        return lengths.length == 0;
    }

    /// Number of components.
    public int size() {
        return lengths.length;
    }

    /// Length of the shortest text that this can be applied to.
    public int reach() {
        long reach = 0;
        for (int length : lengths) {
            reach += Math.abs((long) length);
        }
        return (int) Math.min(reach, Integer.MAX_VALUE);
    }

    /// By how much this makes a text longer.
    public int growth() {
        int growth = 0;
        for (int i = 0; i < lengths.length; i++) {
            growth += inserted[i].length() + Math.min(lengths[i], 0);
        }
        return growth;
    }

    public void visit(Visitor visitor) {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                visitor.retain(lengths[i]);
            } else if (lengths[i] < 0) {
                visitor.delete(-lengths[i]);
            } else {
                visitor.insert(inserted[i]);
            }
        }
    }

    /// Why this cannot be applied to a text, as the end of a sentence ("... reaches beyond the end"); null where it can.
    public @Nullable String problemOn(CharSequence text) {
        int at = 0;
        for (int length : lengths) {
            int next = at + Math.abs(length);
            if (next > text.length() || next < 0) {
                return "reaches to " + reach() + ", beyond the end of the text, which has " + text.length() + " units";
            }
            at = next;
            if (isInsidePair(text, at)) {
                return "cuts a surrogate pair at " + at;
            }
        }
        return null;
    }

    private static boolean isInsidePair(CharSequence text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }

    /// Costs as much as the changes, and little for the rest of the text, unless the changes are many.
    ///
    /// @throws IllegalArgumentException where the text is too short or a surrogate pair would be cut
    public Rope apply(Rope text) {
        check(text);
        if (lengths.length > MANY) {
            return Rope.of(apply(text.toString()));
        }
        Rope changed = text;
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                at += lengths[i];
            } else {
                changed = changed.replace(at, at - lengths[i], inserted[i]);
                at += inserted[i].length();
            }
        }
        return changed;
    }

    private void check(CharSequence text) {
        String problem = problemOn(text);
        if (problem != null) {
            throw new IllegalArgumentException("the delta " + problem);
        }
    }

    /// Copies all of the text.
    ///
    /// @throws IllegalArgumentException where the text is too short or a surrogate pair would be cut
    public String apply(String text) {
        check(text);
        if (isEmpty()) {
            return text;
        }
        StringBuilder changed = new StringBuilder(text.length() + Math.max(0, growth()));
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > 0) {
                changed.append(text, at, at + lengths[i]);
            }
            changed.append(inserted[i]);
            at += Math.abs(lengths[i]);
        }
        return changed.append(text, at, text.length()).toString();
    }

    /// The delta that does what this one and then the other one does.
    public Delta compose(Delta other) {
        DeltaBuilder both = new DeltaBuilder();
        DeltaWalk first = new DeltaWalk(this);
        DeltaWalk second = new DeltaWalk(other);
        while (!first.ended() || !second.ended()) {
            if (first.deletes()) {
                both.delete(first.left());
                first.take(first.left());
            } else if (second.inserts()) {
                both.insert(second.take(second.left()));
            } else {
                int length = Math.min(first.left(), second.left());
                boolean fresh = first.inserts();
                boolean deleted = second.deletes();
                String text = first.take(length);
                second.take(length);
                if (fresh && !deleted) {
                    both.insert(text);
                } else if (!fresh && deleted) {
                    both.delete(length);
                } else if (!fresh) {
                    both.retain(length);
                }
            }
        }
        return both.build();
    }

    /// This delta as it is to be applied after another one that was made on the same text (inclusion transformation).
    /// `a.compose(b.transform(a, RIGHT))` and `b.compose(a.transform(b, LEFT))` give the same text (TP1).
    public Delta transform(Delta other, Side side) {
        DeltaBuilder transformed = new DeltaBuilder();
        DeltaWalk mine = new DeltaWalk(this);
        DeltaWalk theirs = new DeltaWalk(other);
        while (!mine.ended()) {
            if (mine.inserts() && (side == Side.LEFT || !theirs.inserts())) {
                transformed.insert(mine.take(mine.left()));
            } else if (theirs.inserts()) {
                transformed.retain(theirs.left());
                theirs.take(theirs.left());
            } else {
                int length = Math.min(mine.left(), theirs.left());
                boolean deletes = mine.deletes();
                boolean deleted = theirs.deletes();
                mine.take(length);
                theirs.take(length);
                if (!deleted && deletes) {
                    transformed.delete(length);
                } else if (!deleted) {
                    transformed.retain(length);
                }
            }
        }
        return transformed.build();
    }

    /// A position in a text, such as a caret, as it is after this delta.
    ///
    /// @param side of what is inserted right there that the position stays on
    public int transform(int position, Side side) {
        int moved = position;
        int at = 0;
        for (int i = 0; i < lengths.length && at <= position; i++) {
            if (lengths[i] == 0) {
                moved += at < position || side == Side.RIGHT ? inserted[i].length() : 0;
            } else if (lengths[i] < 0) {
                moved -= Math.min(-lengths[i], position - at);
            }
            at += Math.abs(lengths[i]);
        }
        return moved;
    }

    /// The delta that takes this one back.
    ///
    /// @param base the text that this one was applied to
    /// @throws IllegalArgumentException where the text is too short
    public Delta invert(CharSequence base) {
        if (reach() > base.length()) {
            throw new IllegalArgumentException("the text is shorter than the delta reaches");
        }
        DeltaBuilder inverse = new DeltaBuilder();
        int at = 0;
        for (int i = 0; i < lengths.length; i++) {
            int end = at + Math.abs(lengths[i]);
            if (lengths[i] > 0) {
                inverse.retain(lengths[i]);
            } else if (lengths[i] < 0) {
                inverse.insert(base.subSequence(at, end).toString());
            } else {
                inverse.delete(inserted[i].length());
            }
            at = end;
        }
        return inverse.build();
    }

    /// A delta of the same effect on a text with at most three components: from the first change to the last one all is
    /// replaced.
    ///
    /// @param base the text that this one is applied to
    public Delta simplified(String base) {
        return isEmpty() ? this : TextDifference.replacement(base, apply(base));
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Delta other && Arrays.equals(lengths, other.lengths)
                && Arrays.equals(inserted, other.inserted);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lengths) + Arrays.hashCode(inserted);
    }

    /// In the form of the wire, like `[5, "abc", -2]`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < lengths.length; i++) {
            text.append(i == 0 ? "" : ", ");
            if (lengths[i] == 0) {
                text.append('"').append(inserted[i]).append('"');
            } else {
                text.append(lengths[i]);
            }
        }
        return text.append(']').toString();
    }
}
