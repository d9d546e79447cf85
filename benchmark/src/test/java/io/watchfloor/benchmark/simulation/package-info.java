/// The simulation's seeds, the scripts that once failed, and the proof that it would fail.
@NullMarked
package io.watchfloor.benchmark.simulation;

import org.jspecify.annotations.NullMarked;
