@NullMarked
package io.watchfloor.server.bus.memory;

import org.jspecify.annotations.NullMarked;
