@NullMarked
package io.watchfloor.benchmark.architecture;

import org.jspecify.annotations.NullMarked;
