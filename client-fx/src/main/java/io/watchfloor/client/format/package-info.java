/// How figures, units and times are written. Pure.
@NullMarked
package io.watchfloor.client.format;

import org.jspecify.annotations.NullMarked;
