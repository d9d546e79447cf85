package io.watchfloor.server.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Makes a sentence of what was done, to be read after the author's name. Stateless.
final class Sentences {

    /// Things that are told by name; of more it is told how many.
    private static final int TOLD = 2;

    private Sentences() {}

    static String of(Collection<Fact> facts) {
        Map<Deed, List<Fact>> byDeed = new EnumMap<>(Deed.class);
        facts.forEach(fact -> byDeed.computeIfAbsent(fact.deed(), _ -> new ArrayList<>()).add(fact));
        for (Deed alone : List.of(Deed.MADE, Deed.RESTORED)) {
            List<Fact> found = byDeed.get(alone);
            if (found != null) {
                return of(alone, found);
            }
        }
        List<String> parts = byDeed.entrySet().stream().map(deed -> of(deed.getKey(), deed.getValue())).toList();
        if (parts.size() <= TOLD) {
            return String.join(" and ", parts);
        }
        int more = parts.size() - TOLD;
        return String.join(", ", parts.subList(0, TOLD)) + " and " + more
                + (more == 1 ? " more thing" : " more things");
    }

    private static String of(Deed deed, List<Fact> facts) {
        Fact fact = facts.getFirst();
        String names = names(facts);
        return switch (deed) {
            case MADE -> "made the dashboard";
            case RESTORED -> "restored the dashboard of revision " + fact.after();
            case ADDED -> "added " + names;
            case REMOVED -> "removed " + names;
            case RETURNED -> "brought back " + names;
            case NAMED_DASHBOARD -> "named the dashboard " + fact.after();
            case RENAMED -> facts.size() > 1
                    ? "renamed " + facts.size() + " widgets"
                    : "renamed " + (fact.before().isEmpty() ? fact.name() : fact.before())
                            + (fact.after().isEmpty() ? " to nothing" : " to " + fact.after());
            case MOVED -> "moved " + names;
            case RESIZED -> "resized " + names;
            case FRONTED -> "put " + names + " in front";
            case WROTE -> "wrote in " + names;
            case DESCRIBED -> "wrote in the description of " + names;
            case ADDED_LINE -> "added a line to " + names;
            case REMOVED_LINE -> "removed a line from " + names;
            case ORDERED_LINES -> "put the lines of " + names + " in another order";
            case CHANGED_LINES -> "changed the lines of " + names;
            case QUERY -> "changed the query of " + names;
            case UNIT -> "changed the unit of " + names;
            case LEGEND -> "changed the line names of " + names;
            case THRESHOLDS -> "changed the thresholds of " + names;
            case AXIS -> "changed the axis of " + names;
            case RANGE -> "set the time range to " + fact.after();
            case SETTINGS -> "changed settings of " + names;
            case OVERRIDDEN -> "changed " + names + " where a newer change stands";
        };
    }

    private static String names(List<Fact> facts) {
        List<String> names = facts.stream().map(Fact::name).distinct().toList();
        if (facts.size() > TOLD) {
            return facts.size() + " widgets";
        }
        return names.size() < facts.size() ? "2 widgets" : String.join(" and ", names);
    }
}
