/// Measured values: series, labels, selectors and the results of queries. Pure.
@NullMarked
package io.watchfloor.sample;

import org.jspecify.annotations.NullMarked;
