package io.watchfloor.benchmark.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Makes a script from a seed. Stateless.
final class Scripts {

    private static final List<Verb> EDITS = List.of(Verb.ADD, Verb.ADD_CHART, Verb.ADD_SERIES, Verb.MOVE, Verb.MOVE,
            Verb.MOVE_SEVERAL, Verb.RENAME, Verb.RENAME, Verb.RENAME, Verb.RENAME, Verb.SET_UNIT, Verb.RAISE,
            Verb.REORDER, Verb.REMOVE, Verb.RENAME_DASHBOARD, Verb.DRAG, Verb.DRAG_BACK, Verb.UNDO, Verb.UNDO,
            Verb.UNDO, Verb.REDO, Verb.REDO, Verb.BAD_VALUE, Verb.BAD_ELEMENT, Verb.RENAME_TOGETHER, Verb.TYPE,
            Verb.TYPE, Verb.TYPE, Verb.TYPE, Verb.TYPE,
            Verb.TYPE, Verb.TYPE_TOGETHER, Verb.ERASE, Verb.RESTORE_REVISION);
    private static final List<Verb> DESKTOP_FAULTS = List.of(Verb.CUT, Verb.CUT, Verb.HALF_OPEN, Verb.OFFLINE,
            Verb.SLOW_READER, Verb.KILL_DESKTOP, Verb.KILL_DESKTOP, Verb.PAUSE_DESKTOP, Verb.DESKTOP_CLOCK,
            Verb.SLOW_DISK, Verb.RIGHT, Verb.FRAMES_LOST, Verb.PUSHES_LOST, Verb.FRAMES_DOUBLED);
    private static final List<Verb> INSTANCE_FAULTS = List.of(Verb.KILL_INSTANCE, Verb.KILL_AFTER_COMMIT,
            Verb.KILL_BEFORE_BROADCAST, Verb.PAUSE_INSTANCE, Verb.INSTANCE_CLOCK, Verb.STORE_STALL, Verb.STORE_UNKNOWN,
            Verb.STORE_UNKNOWN, Verb.STORE_DOWN, Verb.BUS_LOSES, Verb.BUS_DOUBLES, Verb.BUS_DELAYS, Verb.BUS_DOWN,
            Verb.COMPACT, Verb.RESTORE_BACKUP);

    private Scripts() {}

    static Script of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int desktops = 2 + Math.min(random.nextInt(7), random.nextInt(7));
        int instances = 1 + random.nextInt(3);
        long length = 3_000 + random.nextLong(12_000);
        int edits = 12 + random.nextInt(30);
        int faults = random.nextInt(8) == 0 ? 0 : random.nextInt(16);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < edits; i++) {
            steps.add(edit(random, desktops, length));
        }
        for (int i = 0; i < faults; i++) {
            steps.add(random.nextInt(5) < 2
                    ? desktopFault(random, desktops, length)
                    : instanceFault(random, instances, length));
        }
        steps.sort(Comparator.comparingLong(Step::at));
        List<Step> numbered = new ArrayList<>();
        for (Step step : steps) {
            numbered.add(new Step(numbered.size() + 1, step.at(), step.verb(), step.who(), step.a(), step.b()));
        }
        return new Script(seed, desktops, instances, length, numbered);
    }

    private static <T> T one(SplittableRandom random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Step edit(SplittableRandom random, int desktops, long length) {
        Verb verb = one(random, EDITS);
        long b = switch (verb) {
            case DRAG, DRAG_BACK -> 2 + random.nextLong(12);
            case UNDO, REDO -> 1 + random.nextLong(4);
            default -> random.nextLong(1_000);
        };
        return new Step(0, random.nextLong(length), verb, random.nextInt(desktops), random.nextLong(64), b);
    }

    private static Step desktopFault(SplittableRandom random, int desktops, long length) {
        Verb verb = one(random, DESKTOP_FAULTS);
        long b = switch (verb) {
            case HALF_OPEN -> random.nextLong(3);
            case OFFLINE -> random.nextLong(15_000);
            case DESKTOP_CLOCK -> random.nextLong(-7_200_000, 7_200_000);
            case FRAMES_LOST, PUSHES_LOST, FRAMES_DOUBLED -> 1 + random.nextLong(4);
            case RIGHT -> 500 + random.nextLong(5_000);
            default -> random.nextLong(4_000);
        };
        return new Step(0, random.nextLong(length), verb, random.nextInt(desktops), random.nextLong(2), b);
    }

    private static Step instanceFault(SplittableRandom random, int instances, long length) {
        Verb verb = one(random, INSTANCE_FAULTS);
        long a = verb == Verb.STORE_UNKNOWN ? random.nextLong(4) : random.nextLong(20);
        long b = switch (verb) {
            case BUS_LOSES, BUS_DOUBLES, BUS_DELAYS -> 1 + random.nextLong(6);
            case RESTORE_BACKUP -> random.nextLong(3_000);
            case INSTANCE_CLOCK -> random.nextLong(4) == 0
                    ? random.nextLong(-3_600_000, 3_600_000)
                    : random.nextLong(-8_000, 8_000);
            default -> random.nextLong(5_000);
        };
        return new Step(0, random.nextLong(length), verb, random.nextInt(instances), a, b);
    }
}
