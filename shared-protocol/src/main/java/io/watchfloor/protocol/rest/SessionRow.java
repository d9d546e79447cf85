package io.watchfloor.protocol.rest;

/// One sign-in of an account. Times in milliseconds since 1970 UTC. Immutable.
///
/// @param id names it when it is ended
/// @param device as the desktop called itself; empty where it told nothing
/// @param address that it was used from last
/// @param usedAt when it was renewed last, which desktops do every few minutes
/// @param current whether it is the one that asks
public record SessionRow(String id, String device, String address, long startedAt, long usedAt, boolean current) {}
