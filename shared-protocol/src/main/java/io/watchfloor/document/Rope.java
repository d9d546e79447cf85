package io.watchfloor.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A long text in pieces. An edit copies the pieces that it touches and shares the others with the text before it, so that
/// a character typed into a text of any length costs about the same. Made by [#of] and [Delta#apply(Rope)]. Offsets are
/// UTF-16 units; a surrogate pair may lie in two pieces. Immutable.
///
/// Source: the leaves of H.-J. Boehm, R. Atkinson and M. Plass, "Ropes: an alternative to strings" (1995), in one array: of
/// the longest text that a room takes these are so few that a tree over them would cost more than it saves.
public final class Rope implements CharSequence {

    public static final Rope EMPTY = new Rope(new String[0], new int[0]);

    /// Units of a piece that an edit made, but for the last one of a text, which may be shorter.
    static final int LEAST = 128;
    static final int MOST = 512;

    private final String[] pieces;
    /// Where each of them ends.
    private final int[] ends;
    /// All of it, once somebody has asked for it.
    private @Nullable String whole;

    private Rope(String[] pieces, int[] ends) {
        this.pieces = pieces;
        this.ends = ends;
    }

    /// One piece, whatever its length, until an edit touches it.
    public static Rope of(String text) {
        return text.isEmpty() ? EMPTY : new Rope(new String[]{text}, new int[]{text.length()});
    }

    @Override
    public int length() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    @Override
    public char charAt(int index) {
        int piece = pieceAt(index);
        return pieces[piece].charAt(index - begin(piece));
    }

    /// Costs as much as the part is long.
    @Override
    public String subSequence(int start, int end) {
        if (start < 0 || end < start || end > length()) {
            throw new IndexOutOfBoundsException("from " + start + " to " + end + " of " + length() + " units");
        }
        if (start == end) {
            return "";
        }
        int first = pieceAt(start);
        if (end <= ends[first]) {
            return pieces[first].substring(start - begin(first), end - begin(first));
        }
        StringBuilder part = new StringBuilder(end - start);
        for (int at = start, i = first; at < end; at = ends[i++]) {
            part.append(pieces[i], at - begin(i), Math.min(end, ends[i]) - begin(i));
        }
        return part.toString();
    }

    /// All of it as one, made when it is asked for the first time.
    @Override
    public String toString() {
        String text = whole;
        if (text == null) {
            text = subSequence(0, length());
            whole = text;
        }
        return text;
    }

    /// Whether both are the same text, whatever its pieces.
    @Override
    public boolean equals(@Nullable Object o) {
        return o == this
                || (o instanceof Rope other && other.length() == length() && other.toString().equals(toString()));
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /// The pieces it consists of.
    String[] pieces() {
        return pieces.clone();
    }

    private int begin(int piece) {
        return piece == 0 ? 0 : ends[piece - 1];
    }

    /// The piece that holds the unit at an offset.
    private int pieceAt(int offset) {
        int found = Arrays.binarySearch(ends, offset);
        return found < 0 ? -found - 1 : found + 1;
    }

    /// The text with a part of it replaced.
    Rope replace(int start, int end, String text) {
        if (pieces.length == 0) {
            return of(text);
        }
        int first = start == 0 ? 0 : pieceAt(start - 1); // what is typed between two pieces goes to the first one
        int last = end > ends[first] ? pieceAt(end - 1) : first;
        String changed = pieces[first].substring(0, start - begin(first)) + text
                + pieces[last].substring(end - begin(last));
        if (changed.length() < LEAST && last + 1 < pieces.length) {
            last++;
            changed += pieces[last];
        }
        return replace(first, last + 1, changed, (changed.length() + MOST - 1) / MOST);
    }

    /// @param parts how many pieces the text becomes that takes the place of those from one to another
    private Rope replace(int from, int to, String text, int parts) {
        int shift = from + parts - to;
        String[] now = new String[pieces.length + shift];
        int[] endsNow = new int[now.length];
        System.arraycopy(pieces, 0, now, 0, from);
        System.arraycopy(ends, 0, endsNow, 0, from);
        int begin = begin(from);
        for (int i = 0, at = 0; i < parts; i++) {
            int end = at + (text.length() - at) / (parts - i);
            now[from + i] = text.substring(at, end);
            endsNow[from + i] = begin + end;
            at = end;
        }
        System.arraycopy(pieces, to, now, to + shift, pieces.length - to);
        int growth = begin + text.length() - begin(to);
        for (int i = to; i < pieces.length; i++) {
            endsNow[i + shift] = ends[i] + growth;
        }
        return now.length == 0 ? EMPTY : new Rope(now, endsNow);
    }
}
