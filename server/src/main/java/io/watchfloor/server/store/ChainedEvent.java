package io.watchfloor.server.store;

/// An event in its place. Immutable.
///
/// @param id rises with the order of writing, over all chains
/// @param writer whose chain it is in
/// @param number 1, 2, 3 ... within the chain
/// @param key id of the key of the code
/// @param mac authenticates the event and all before it in the chain
public record ChainedEvent(long id, String writer, long number, AuditEvent event, String key, String mac) {}
