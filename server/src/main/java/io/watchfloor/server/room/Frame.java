package io.watchfloor.server.room;

import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.List;
import java.util.function.Function;

/// What many sessions are told at once, encoded at most once per encoding however many read it. Thread-safe.
public final class Frame {

    private final List<ServerMessage> messages;
    private final EncodedOnce bytes;

    public Frame(ServerMessage message) {
        this(message, encoding -> RecordCodec.of(encoding).encode(message));
    }

    /// @param encoder puts the message together out of what was encoded before
    Frame(ServerMessage message, Function<Encoding, byte[]> encoder) {
        this.messages = List.of(message);
        this.bytes = new EncodedOnce(encoder);
    }

    /// @param messages in their order
    public Frame(List<ServerMessage> messages) {
        this.messages = List.copyOf(messages);
        this.bytes = new EncodedOnce(this::encode);
    }

    public List<ServerMessage> messages() {
        return messages;
    }

    /// The encoded messages; shared, not to be changed.
    public byte[] bytes(Encoding encoding) {
        return bytes.in(encoding);
    }

    private byte[] encode(Encoding encoding) {
        RecordCodec codec = RecordCodec.of(encoding);
        return messages.size() == 1
                ? codec.encode(messages.getFirst())
                : codec.join(messages.stream().map(codec::encode).toList());
    }
}
