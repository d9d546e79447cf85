/// What an edit costs in the protocol alone, without server and network.
@NullMarked
package io.watchfloor.benchmark.jmh;

import org.jspecify.annotations.NullMarked;
