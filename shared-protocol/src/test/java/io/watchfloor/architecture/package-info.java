@NullMarked
package io.watchfloor.architecture;

import org.jspecify.annotations.NullMarked;
