/// Says wrong things to a real server, a great many of them.
@NullMarked
package io.watchfloor.benchmark.fuzz;

import org.jspecify.annotations.NullMarked;
