package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.Widget;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.store.Decision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Desktops, instances and a database on one scheduler, and a script that is played in it: first with its faults, then
/// healed until all is quiet; then it is checked. Confined to its run's thread.
final class World {

    private static final long SLICE = 250;
    private static final long QUIET_AFTER = 240_000;
    private static final long CALM = 6_000;

    private final Script script;
    private final Scheduler scheduler = new Scheduler();
    private final Tally tally = new Tally();
    private final Run.Violations violations = new Run.Violations(scheduler);
    private final LogBook book = new LogBook(violations::add);
    private final Story story;
    private final Witness witness;
    private final Rights rights = new Rights();
    private final IdentityHashMap<Decision, Ledger.Taken> explained = new IdentityHashMap<>();
    private boolean restored;
    private final Typescript typescript = new Typescript(tally, violations);
    private final List<SimulatedInstance> instances = new ArrayList<>();
    private final List<SimulatedDesktop> desktops = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final Database database;

    private World(Script script, Parts parts, @Nullable Consumer<String> reader) {
        story = new Story(reader, scheduler);
        witness = new Witness(book, scheduler, tally, violations, story);
        this.script = script;
        SplittableRandom random = new SplittableRandom(script.seed() * 31 + 7);
        Surroundings surroundings = new Surroundings(scheduler, tally, witness, typescript, parts, random);
        database = new Database(scheduler, book, rights, random.split(), creation());
        SimulatedInstance.Installation installation = new SimulatedInstance.Installation(database, new ArrayList<>(),
                rights);
        for (int i = 0; i < script.instances(); i++) {
            int index = i;
            instances.add(new SimulatedInstance(surroundings, installation, i,
                    () -> desktops.forEach(desktop -> desktop.instanceKilled(instances.get(index)))));
        }
        for (int i = 0; i < script.desktops(); i++) {
            String account = "person " + i;
            SimulatedDesktop desktop = new SimulatedDesktop(surroundings, instances,
                    new Ledger(account, surroundings, explained), account);
            desktops.add(desktop);
            people.add(new Person(desktop, surroundings));
        }
    }

    private static List<Entry> creation() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(1, 0, 1, "server", Scheduler.START, List.of(
                new Assignment(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall"), stamp(0)))));
        for (int i = 1; i <= 3; i++) {
            ElementId widget = new ElementId(i);
            entries.add(new Entry(i + 1, 0, i + 1, "server", Scheduler.START, List.of(
                    new Assignment(widget, Properties.EXISTS, Value.of(true), stamp(i)),
                    new Assignment(widget, Properties.KIND, Value.of(Properties.KIND_METRIC), stamp(i)),
                    new Assignment(widget, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString()), stamp(i)),
                    new Assignment(widget, Properties.TITLE, Value.of("Widget " + i), stamp(i)),
                    new Assignment(widget, Properties.BOUNDS,
                            new io.watchfloor.document.Bounds(4 * i, 0, 4, 4).toValue(), stamp(i)))));
        }
        return entries;
    }

    private static Stamp stamp(int counter) {
        return new Stamp(Scheduler.START - 1, counter, 0);
    }

    static Run play(Script script, Parts parts) {
        return play(script, parts, null);
    }

    /// Plays a script.
    ///
    /// @param reader told line by line what happens; null where nobody is
    static Run play(Script script, Parts parts, @Nullable Consumer<String> reader) {
        World world = new World(script, parts, reader);
        try (LogWatch _ = LogWatch.begin(world.violations, world.story)) {
            world.play();
        }
        world.tally.count("tasks", world.scheduler.executed());
        world.tally.count("entries", world.book.head());
        return new Run(script, world.violations.found(), world.tally, world.witness.trace());
    }

    private void play() {
        instances.forEach(SimulatedInstance::start);
        desktops.forEach(SimulatedDesktop::start);
        script.steps().forEach(step -> scheduler.after(step.at(), () -> does(step)));
        runUntil(Scheduler.START + script.length());
        heal();
        Epilogue epilogue = new Epilogue(this, desktops, people, violations, tally);
        if (becomesQuiet()) {
            epilogue.play(new SplittableRandom(script.seed()));
        }
        check();
    }

    /// Lets time pass, as long as every promise is kept.
    private void runUntil(long time) {
        while (scheduler.now() < time && !violations.any()) {
            scheduler.runUntil(Math.min(time, scheduler.now() + SLICE));
            desktops.forEach(this::checkCopy);
        }
    }

    /// The confirmed document of a desktop is at all times that of the log at its revision.
    private void checkCopy(SimulatedDesktop desktop) {
        DashboardModel model = desktop.model();
        if (model != null) {
            long revision = model.replica().revision();
            Chronicle log = book.of(model.replica().epoch());
            if (!model.replica().stateHash().equals(log == null ? StateHash.EMPTY : log.hash(revision))) {
                violations.add("desktop-diverged", desktop.account() + " at revision " + revision);
            }
        }
    }

    private void heal() {
        rights.giveAllBack();
        instances.forEach(SimulatedInstance::heal);
        instances.forEach(SimulatedInstance::rightsChanged);
        desktops.forEach(SimulatedDesktop::heal);
        runUntil(scheduler.now() + 1_000);
    }

    /// Whoever was told that there is nothing to see starts his desktop again, for he may see it now; one that was paused
    /// hears of the loss of a right long after it was given back.
    private void openAgain() {
        desktops.stream().filter(desktop -> {
            DashboardModel model = desktop.model();
            return model != null && model.unavailable() != null;
        }).forEach(desktop -> desktop.kill(0));
    }

    /// Whether, after some time, every desktop has everything, and nothing stirs any more.
    boolean becomesQuiet() {
        long until = scheduler.now() + QUIET_AFTER;
        while (!violations.any() && scheduler.now() < until) {
            runUntil(scheduler.now() + SLICE);
            openAgain();
            if (desktops.stream().allMatch(this::hasAll)) {
                long head = book.head();
                runUntil(scheduler.now() + CALM);
                if (book.head() == head && desktops.stream().allMatch(this::hasAll)) {
                    return true;
                }
            }
        }
        if (!violations.any()) {
            StringBuilder text = new StringBuilder("the log is at " + book.head());
            desktops.forEach(desktop -> text.append("; ").append(desktop.state()));
            violations.add("never-quiet", text.toString());
        }
        return false;
    }

    private boolean hasAll(SimulatedDesktop desktop) {
        DashboardModel model = desktop.model();
        return model != null && desktop.online() && model.joined() && model.unsent() == 0
                && model.right() == Right.EDIT && book.now().epoch().equals(model.replica().epoch())
                && model.replica().revision() == book.head()
                && desktop.ledger().isEmpty();
    }

    private void check() {
        if (violations.any()) {
            return;
        }
        Chronicle log = book.now();
        typescript.check(log.texts(), book.restoredAway(), this::mayForget);
        log.checkDocument();
        log.checkOrderDoesNotMatter(new SplittableRandom(script.seed()));
        for (SimulatedDesktop desktop : desktops) {
            checkCopy(desktop);
            desktop.ledger().checkAllTold();
            desktop.ledger().checkLosses();
            DashboardModel model = desktop.model();
            if (model != null) {
                Person.shown(model).forEach((place, assignment) -> {
                    if (!assignment.equals(log.plain().find(place))) {
                        violations.add("shown-wrong", desktop.account() + " shows " + assignment);
                    }
                });
                if (!Person.texts(model).values().stream().sorted().toList().equals(log.texts())) {
                    violations.add("shown-wrong", desktop.account() + " shows " + Person.texts(model));
                }
            }
        }
        Set<Ledger.Taken> logged = new HashSet<>();
        for (Decision.Accepted accepted : log.accepted()) {
            Ledger.Taken taken = explained.get(accepted);
            if (taken == null && !log.isRestorer(accepted.replica())) {
                violations.add("edit-doubled", "nobody takes this entry for his own, so it was sent twice: "
                        + accepted.entry());
            } else if (taken != null && !logged.add(taken)) {
                violations.add("edit-doubled", taken + " is in the log twice: " + accepted.entry());
            }
        }
        for (SimulatedInstance instance : instances) {
            if (instance.figures().failures.sum() > 0) {
                violations.add("room-failed", "a room was given up");
            }
        }
    }

    private void does(Step step) {
        tally.count("step " + step.verb());
        story.tell(() -> "--- step " + step);
        switch (step.verb()) {
            case ADD, ADD_CHART, ADD_SERIES, MOVE, MOVE_SEVERAL, RENAME, SET_UNIT, RAISE, REORDER, REMOVE,
                    RENAME_DASHBOARD, DRAG, DRAG_BACK, UNDO, REDO, BAD_VALUE, BAD_ELEMENT, TYPE, ERASE ->
                people.get(step.who()).does(step);
            case RENAME_TOGETHER, TYPE_TOGETHER -> together(step);
            case CUT, HALF_OPEN, OFFLINE, SLOW_READER, FRAMES_LOST, PUSHES_LOST, FRAMES_DOUBLED, KILL_DESKTOP,
                    PAUSE_DESKTOP, DESKTOP_CLOCK, SLOW_DISK ->
                befalls(desktops.get(step.who()), step);
            case RIGHT -> changeRight(step);
            case KILL_INSTANCE, KILL_AFTER_COMMIT, KILL_BEFORE_BROADCAST, PAUSE_INSTANCE, INSTANCE_CLOCK, STORE_STALL,
                    STORE_UNKNOWN, STORE_DOWN, BUS_LOSES, BUS_DOUBLES, BUS_DELAYS, BUS_DOWN ->
                befalls(instances.get(step.who()), step);
            case COMPACT -> database.compact(step.a());
            case RESTORE_REVISION -> desktops.get(step.who()).restore(step.a() + step.b());
            case RESTORE_BACKUP -> {
                restored = true;
                instances.forEach(instance -> instance.store().fail(step.b()));
                scheduler.after(step.b(), () -> database.restore(step.a()));
            }
        }
    }

    /// After a restore nobody remembers for a desktop what its person was not to see any more.
    private boolean mayForget(String account) {
        return restored && desktops.stream().map(SimulatedDesktop::ledger)
                .anyMatch(ledger -> ledger.isForgetful() && ledger.isOf(account));
    }

    private void together(Step step) {
        DashboardModel model = desktops.get(step.who()).model();
        Widget widget = model == null ? null : Person.choose(model, step.a());
        if (widget != null) {
            for (int i = 0; i < people.size(); i++) {
                if (step.verb() == Verb.TYPE_TOGETHER) {
                    people.get(i).types(widget.id(), step);
                } else {
                    people.get(i).renames(widget.id(), "person " + i + " at once " + step.number());
                }
            }
        }
    }

    private static void befalls(SimulatedDesktop desktop, Step step) {
        switch (step.verb()) {
            case CUT -> desktop.cut();
            case HALF_OPEN -> desktop.halfOpen(step.b() != 2, step.b() != 1);
            case OFFLINE -> desktop.goOffline(step.b());
            case SLOW_READER -> desktop.readNothing(step.b());
            case FRAMES_LOST -> desktop.loseFrames(step.b());
            case PUSHES_LOST -> desktop.losePushes(step.b());
            case FRAMES_DOUBLED -> desktop.doubleFrames(step.b());
            case KILL_DESKTOP -> desktop.kill(step.b());
            case PAUSE_DESKTOP -> desktop.pause(step.b());
            case DESKTOP_CLOCK -> desktop.turnClock(step.b());
            case SLOW_DISK -> desktop.slowDisk(step.b());
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    private void changeRight(Step step) {
        SimulatedDesktop desktop = desktops.get(step.who());
        rights.take(desktop.account(), step.a() % 2 == 0 ? Right.VIEW : Right.NONE);
        instances.forEach(SimulatedInstance::rightsChanged);
        scheduler.after(step.b(), () -> {
            rights.giveBack(desktop.account());
            instances.forEach(SimulatedInstance::rightsChanged);
        });
    }

    private static void befalls(SimulatedInstance instance, Step step) {
        switch (step.verb()) {
            case KILL_INSTANCE -> instance.kill(step.b());
            case KILL_AFTER_COMMIT -> instance.killAfterCommit(step.b());
            case KILL_BEFORE_BROADCAST -> instance.killBeforeBroadcast(step.b());
            case PAUSE_INSTANCE -> instance.lifetime().pause(step.b());
            case INSTANCE_CLOCK -> instance.turnClock(step.b());
            case STORE_STALL -> instance.store().stall(step.b());
            case STORE_UNKNOWN -> instance.store().loseAnswer((int) step.a() % 4, step.b());
            case STORE_DOWN -> instance.store().fail(step.b());
            case BUS_LOSES -> instance.bus().lose(step.b());
            case BUS_DOUBLES -> instance.bus().duplicate(step.b());
            case BUS_DELAYS -> instance.bus().delay(step.b());
            case BUS_DOWN -> instance.bus().disconnect(step.b());
            default -> throw new IllegalArgumentException(step.toString());
        }
    }
}
