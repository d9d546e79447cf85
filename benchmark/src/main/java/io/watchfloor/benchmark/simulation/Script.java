package io.watchfloor.benchmark.simulation;

import java.util.ArrayList;
import java.util.List;

/// All that decides a run: the same script runs the same way every time.
///
/// @param seed of everything that no step decides: latencies, jitters, ids
/// @param length when the faults end, milliseconds from the start
///
/// Immutable.
record Script(long seed, int desktops, int instances, long length, List<Step> steps) {

    Script {
        steps = List.copyOf(steps);
    }

    Script with(List<Step> other) {
        return new Script(seed, desktops, instances, length, other);
    }

    /// One line that names the script, then a line for each step.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + " desktops " + desktops + " instances " + instances
                + " length " + length + "\n");
        steps.forEach(step -> text.append(step).append('\n'));
        return text.toString();
    }

    /// Reads what [#toString] writes; lines that begin with # are left out.
    ///
    /// @throws IllegalArgumentException where the text is no script
    static Script parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        String[] head = lines.isEmpty() ? new String[0] : lines.getFirst().trim().split("\\s+", -1);
        if (head.length != 8 || !head[0].equals("seed")) {
            throw new IllegalArgumentException("a script begins with: seed, desktops, instances, length");
        }
        List<Step> steps = new ArrayList<>();
        lines.subList(1, lines.size()).forEach(line -> steps.add(Step.parse(line)));
        return new Script(Long.parseLong(head[1]), Integer.parseInt(head[3]), Integer.parseInt(head[5]),
                Long.parseLong(head[7]), steps);
    }
}
