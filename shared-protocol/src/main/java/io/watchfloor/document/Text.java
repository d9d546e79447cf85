package io.watchfloor.document;

/// A long text as a snapshot holds it; it is not empty. Immutable.
public record Text(ElementId element, String property, String content) {

    public TextId id() {
        return new TextId(element, property);
    }
}
