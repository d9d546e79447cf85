package io.watchfloor.server.room;

import io.watchfloor.document.Entry;
import io.watchfloor.document.Snapshot;
import io.watchfloor.protocol.ServerMessage.Author;
import io.watchfloor.protocol.ServerMessage.Joined;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a replica lacks of the log. However many lack the same, it is encoded once: hundreds who come back at once must
/// not keep the room from those who edit. Immutable.
///
/// @param snapshot absent where the entries alone do
/// @param entries in order; after the snapshot where there is one
record CatchUp(@Nullable Whole snapshot, List<Logged> entries) {

    /// An entry with its bytes.
    record Logged(Entry entry, EncodedOnce bytes) {

        Logged(Entry entry) {
            this(entry, new EncodedOnce(encoding -> RecordCodec.of(encoding).encode(entry)));
        }
    }

    /// A document with its bytes, and who is in it.
    record Whole(Snapshot snapshot, List<Author> authors, EncodedOnce bytes) {

        Whole(Snapshot snapshot, List<Author> authors) {
            this(snapshot, authors, new EncodedOnce(encoding -> RecordCodec.of(encoding).encode(snapshot)));
        }
    }

    /// @param own the answer to one's own join, with nothing of the log
    Frame answer(Joined own) {
        Whole known = snapshot;
        List<Author> authors = known == null ? List.of() : known.authors();
        Joined begin = with(own, authors, null, List.of());
        Joined whole = with(own, authors, known == null ? null : known.snapshot(),
                entries.stream().map(Logged::entry).toList());
        return new Frame(whole, encoding -> RecordCodec.of(encoding).encodeJoined(begin,
                known == null ? null : known.bytes().in(encoding),
                entries.stream().map(entry -> entry.bytes().in(encoding)).toList()));
    }

    private static Joined with(Joined own, List<Author> authors, @Nullable Snapshot snapshot, List<Entry> entries) {
        return new Joined(own.dashboard(), own.room(), own.right(), own.epoch(), own.replica(), own.highWater(),
                authors, snapshot, entries);
    }
}
