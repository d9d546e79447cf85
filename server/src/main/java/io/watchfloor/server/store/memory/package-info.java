/// The store in memory, for tests and simulation.
@NullMarked
package io.watchfloor.server.store.memory;

import org.jspecify.annotations.NullMarked;
