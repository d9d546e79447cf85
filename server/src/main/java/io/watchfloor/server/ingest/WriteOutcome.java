package io.watchfloor.server.ingest;

import java.time.Duration;
import java.util.List;

/// What became of a body of samples. What is counted as stored is durable. Immutable.
public sealed interface WriteOutcome {

    /// Samples that were stored.
    int stored();

    /// All of it was stored.
    record Stored(int stored) implements WriteOutcome {}

    /// Some lines were refused; the samples of all others were stored.
    ///
    /// @param refused how many lines were refused
    /// @param problems of the first of them
    record Partly(int stored, int refused, List<LineProblem> problems) implements WriteOutcome {

        public Partly {
            problems = List.copyOf(problems);
        }

        /// A sentence for the sender.
        public String text() {
            StringBuilder text = new StringBuilder("Partial write: ").append(refused)
                    .append(refused == 1 ? " line was refused, " : " lines were refused, ").append(stored)
                    .append(stored == 1 ? " sample was stored." : " samples were stored.");
            problems.forEach(problem -> text.append(' ').append(problem));
            if (refused > problems.size()) {
                text.append(" And ").append(refused - problems.size()).append(" more.");
            }
            return text.toString();
        }
    }

    /// The server cannot take it now. To send it all again later is right: samples that were stored are replaced by
    /// themselves.
    ///
    /// @param reason a sentence for the sender
    record Busy(int stored, Duration retryAfter, String reason) implements WriteOutcome {}
}
