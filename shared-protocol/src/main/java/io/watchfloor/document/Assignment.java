package io.watchfloor.document;

/// Sets a property of an element. Of all assignments of one property that with the greatest stamp is in force, in
/// whatever order they come. Immutable.
public record Assignment(ElementId element, String property, Value value, Stamp stamp) implements Operation {

    public Assignment withStamp(Stamp other) {
        return new Assignment(element, property, value, other);
    }
}
