/// How long it takes to open a dashboard with a long past, and to look into that past.
@NullMarked
package io.watchfloor.benchmark.history;

import org.jspecify.annotations.NullMarked;
