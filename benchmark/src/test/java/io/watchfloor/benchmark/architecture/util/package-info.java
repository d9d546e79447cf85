@NullMarked
package io.watchfloor.benchmark.architecture.util;

import org.jspecify.annotations.NullMarked;
