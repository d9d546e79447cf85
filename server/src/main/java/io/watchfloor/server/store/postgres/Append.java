package io.watchfloor.server.store.postgres;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextEdit;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to be appended to the log of one dashboard. Immutable.
///
/// @param expected head that the decisions were made on
/// @param rights revision that they were made on, or [io.watchfloor.server.store.DashboardStore#ANY_RIGHTS]
/// @param entries of those decisions that accept a push
/// @param spans the numbers of each replica's pushes; empty where a push is there twice
record Append(DashboardId dashboard, LogPosition expected, long rights, List<Decision> decisions,
        List<Entry> entries, List<Span> spans) {

    /// That in which everybody locks dashboards.
    static final Comparator<Append> ORDER = Comparator.comparing(append -> append.dashboard().id());

    /// The numbers of one replica's pushes.
    record Span(int replica, long first, long last) {}

    /// @throws IllegalArgumentException where there is no decision, or an entry does not follow on the one before
    static Append of(DashboardId dashboard, LogPosition expected, long rights, List<Decision> decisions) {
        return new Append(dashboard, expected, rights, decisions, Decision.entries(expected.revision(), decisions),
                spans(decisions));
    }

    /// Where the log ends after it.
    long tail() {
        return expected.revision() + entries.size();
    }

    List<Decision.Refused> refusals() {
        return decisions.stream().filter(Decision.Refused.class::isInstance).map(Decision.Refused.class::cast)
                .toList();
    }

    /// Whether it is no more than entries.
    boolean isPlain() {
        return entries.size() == decisions.size() && entries.stream().noneMatch(Append::mayChangeTitle);
    }

    private static boolean mayChangeTitle(Entry entry) {
        for (Operation operation : entry.operations()) {
            boolean may = switch (operation) {
                case Assignment assignment -> assignment.element().equals(ElementId.DASHBOARD)
                        && assignment.property().equals(Properties.TITLE);
                case TextEdit _ -> false;
            };
            if (may) {
                return true;
            }
        }
        return false;
    }

    /// A number is decided once: whoever decides about one that is not above its replica's high-water has missed that.
    private static List<Span> spans(List<Decision> decisions) {
        Map<Integer, Span> spans = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            long number = decision.clientSeq();
            Span span = spans.get(decision.replica());
            if (span != null && number <= span.last()) {
                return List.of();
            }
            spans.put(decision.replica(), new Span(decision.replica(), span == null ? number : span.first(), number));
        }
        return List.copyOf(spans.values());
    }
}
