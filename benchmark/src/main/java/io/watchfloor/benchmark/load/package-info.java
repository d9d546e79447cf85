/// Load on a whole server, and the same work done without it for comparison.
@NullMarked
package io.watchfloor.benchmark.load;

import org.jspecify.annotations.NullMarked;
