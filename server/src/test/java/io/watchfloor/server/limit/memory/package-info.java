@NullMarked
package io.watchfloor.server.limit.memory;

import org.jspecify.annotations.NullMarked;
