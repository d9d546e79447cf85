package io.watchfloor.document;

import java.util.List;

/// One entry of a dashboard's log: a push as it was committed, with the stamps that count.
///
/// @param revision position in the log, from 1 without gaps
/// @param replica the author's replica number in this dashboard
/// @param clientSeq the author's own number of the push, from 1
/// @param author name of the account
/// @param at when it was committed, milliseconds since 1970 UTC
/// @param operations at least one
///
/// Immutable.
public record Entry(long revision, int replica, long clientSeq, String author, long at, List<Operation> operations) {

    public Entry {
        operations = List.copyOf(operations);
    }
}
