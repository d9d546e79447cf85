package io.watchfloor.document;

/// Names a long text: the element it belongs to and its property. Immutable.
public record TextId(ElementId element, String property) implements Comparable<TextId> {

    @Override
    public int compareTo(TextId other) {
        int order = element.compareTo(other.element);
        return order == 0 ? property.compareTo(other.property) : order;
    }
}
