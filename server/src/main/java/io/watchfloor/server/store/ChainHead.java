package io.watchfloor.server.store;

/// How far a writer's chain of audit events goes. Immutable.
///
/// @param number of the last event, 0 for none
/// @param mac of the last event, `""` for none
public record ChainHead(String writer, long number, String mac) {

    public static ChainHead start(String writer) {
        return new ChainHead(writer, 0, "");
    }
}
