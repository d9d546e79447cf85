@NullMarked
package io.watchfloor.server.bus.redis;

import org.jspecify.annotations.NullMarked;
