package io.watchfloor.document;

/// One edit of a document. Immutable.
public sealed interface Operation permits Assignment, TextEdit {

    ElementId element();

    String property();
}
