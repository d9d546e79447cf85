/// The event bus over Redis publish and subscribe. The only place that knows Jedis.
@NullMarked
package io.watchfloor.server.bus.redis;

import org.jspecify.annotations.NullMarked;
