package io.watchfloor.server.ingest;

/// Why a line was refused. Immutable.
///
/// @param line its number in the body, from 1
/// @param reason a sentence for the person who wrote it
public record LineProblem(int line, String reason) {

    @Override
    public String toString() {
        return "Line " + line + ": " + reason;
    }
}
