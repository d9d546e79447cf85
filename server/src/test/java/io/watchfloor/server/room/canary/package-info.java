@NullMarked
package io.watchfloor.server.room.canary;

import org.jspecify.annotations.NullMarked;
