/// Databases for the tests of the whole system.
@NullMarked
package io.watchfloor.benchmark.database;

import org.jspecify.annotations.NullMarked;
