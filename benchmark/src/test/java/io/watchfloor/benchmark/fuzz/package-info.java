/// Wrong frames and hostile sockets against a whole server.
@NullMarked
package io.watchfloor.benchmark.fuzz;

import org.jspecify.annotations.NullMarked;
