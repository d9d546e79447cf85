@NullMarked
package io.watchfloor.server.limit.redis;

import org.jspecify.annotations.NullMarked;
