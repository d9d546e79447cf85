@NullMarked
package io.watchfloor.server.bus;

import org.jspecify.annotations.NullMarked;
