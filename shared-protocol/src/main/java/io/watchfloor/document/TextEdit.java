package io.watchfloor.document;

/// Changes a long text. In the log the delta applies to the text as it stands right before it, after the entries up to
/// `base`, the revision before its own, and after what its own push does before it. As it is pushed it applies to the
/// text at `base`, whichever revision that is, after what its own push does before it; the room transforms it. Immutable.
///
/// @param property one that is no register, such as [Properties#TEXT]
/// @param base the revision that the delta was made on
public record TextEdit(ElementId element, String property, long base, Delta delta) implements Operation {

    public TextId id() {
        return new TextId(element, property);
    }
}
