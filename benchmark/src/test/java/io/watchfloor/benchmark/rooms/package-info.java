/// Rooms of a whole server over real sockets, with a database that fails.
@NullMarked
package io.watchfloor.benchmark.rooms;

import org.jspecify.annotations.NullMarked;
