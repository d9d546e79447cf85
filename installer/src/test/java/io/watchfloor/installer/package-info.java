@NullMarked
package io.watchfloor.installer;

import org.jspecify.annotations.NullMarked;
