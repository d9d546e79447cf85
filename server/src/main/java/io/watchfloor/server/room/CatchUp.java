package io.watchfloor.server.room;

import io.watchfloor.document.Entry;
import io.watchfloor.document.Snapshot;
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

    /// A document with its bytes.
    record Whole(Snapshot snapshot, EncodedOnce bytes) {

        Whole(Snapshot snapshot) {
            this(snapshot, new EncodedOnce(encoding -> RecordCodec.of(encoding).encode(snapshot)));
        }
    }

    /// @param own the answer to one's own join, with nothing of the log
    Frame answer(Joined own) {
        Joined whole = new Joined(own.dashboard(), own.room(), own.right(), own.epoch(), own.replica(),
                own.highWater(), snapshot == null ? null : snapshot.snapshot(),
                entries.stream().map(Logged::entry).toList());
        return new Frame(whole, encoding -> RecordCodec.of(encoding).encodeJoined(own,
                snapshot == null ? null : snapshot.bytes().in(encoding),
                entries.stream().map(entry -> entry.bytes().in(encoding)).toList()));
    }
}
