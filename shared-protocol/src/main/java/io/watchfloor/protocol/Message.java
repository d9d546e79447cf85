package io.watchfloor.protocol;

/// What travels over the WebSocket. A frame holds one or more messages. Immutable.
public sealed interface Message permits ClientMessage, ServerMessage {}
