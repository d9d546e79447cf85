package io.watchfloor.benchmark.simulation;

/// What can happen in a run. `who` is a desktop for what people do and for its faults, else an instance; `a` and `b` are
/// explained with each. Times are milliseconds.
enum Verb {
    // what people do; a chooses a widget among those shown
    ADD, ADD_CHART, ADD_SERIES, MOVE, MOVE_SEVERAL, RENAME, SET_UNIT, RAISE, REORDER, REMOVE, RENAME_DASHBOARD,
    /// b: number of moves, one every 16 ms.
    DRAG,
    /// A drag that is given up; b as above.
    DRAG_BACK,
    /// b: how many steps.
    UNDO,
    /// b: how many steps.
    REDO,
    /// A value that the server refuses.
    BAD_VALUE,
    /// An edit of an element that was never created, which the server refuses.
    BAD_ELEMENT,
    /// Everybody renames the same widget in the same millisecond.
    RENAME_TOGETHER,
    /// A word is typed into the long text of a widget, between others that b chooses.
    TYPE,
    /// Everybody types a word at the same place in the same millisecond.
    TYPE_TOGETHER,
    /// A word that b chooses is taken out of the long text of a widget.
    ERASE,
    /// An earlier revision is restored as a new change; a chooses which.
    RESTORE_REVISION,
    // a desktop and its network
    /// The connection breaks, and both ends learn of it soon.
    CUT,
    /// The connection breaks, and nobody is told. b: 0 both ways, 1 towards the server, 2 towards the desktop.
    HALF_OPEN,
    /// b: for how long no connection can be made; open ones break.
    OFFLINE,
    /// b: for how long the desktop reads nothing.
    SLOW_READER,
    /// The next b frames of entries and beats that come to it are lost, though the connection holds.
    FRAMES_LOST,
    /// The next b frames of pushes that it sends are thrown away, so that the server misses some. Where nobody notices, the
    /// connection breaks in the end.
    PUSHES_LOST,
    /// The next b frames of entries and beats that come to it come twice.
    FRAMES_DOUBLED,
    /// b: until it is started again.
    KILL_DESKTOP,
    /// b: for how long nothing runs.
    PAUSE_DESKTOP,
    /// b: by how much its clock jumps.
    DESKTOP_CLOCK,
    /// b: for how long nothing becomes durable.
    SLOW_DISK,
    /// The right to edit, or to see, is taken away for b. a: 0 for editing, 1 for both.
    RIGHT,
    // an instance
    /// b: until it is started again.
    KILL_INSTANCE,
    /// Once its next append has been committed and before it learns of that. b as above.
    KILL_AFTER_COMMIT,
    /// Once its next group is known to be committed and before the other instances are told. b as above.
    KILL_BEFORE_BROADCAST, PAUSE_INSTANCE, INSTANCE_CLOCK,
    /// b: for how long its calls of the store wait.
    STORE_STALL,
    /// The outcome of its next append is unknown. a: 0 it was written, 1 it was not, 2 it will be in b.
    STORE_UNKNOWN,
    /// Its calls of the store fail for b.
    STORE_DOWN,
    /// The next b messages to it are lost.
    BUS_LOSES,
    /// The next b messages to it come twice.
    BUS_DOUBLES,
    /// The next b messages to it are late and out of order.
    BUS_DELAYS,
    /// It has no bus for b.
    BUS_DOWN,
    /// The store keeps a snapshot, of a revision up to a before the head; rooms that are opened from then on hold no
    /// entries before it.
    COMPACT,
    /// The database is restored from a backup, which lacks the last a changes. b: for how long it is away meanwhile.
    RESTORE_BACKUP
}
