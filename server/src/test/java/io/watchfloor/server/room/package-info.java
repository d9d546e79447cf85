@NullMarked
package io.watchfloor.server.room;

import org.jspecify.annotations.NullMarked;
