@NullMarked
package io.watchfloor.server.ws;

import org.jspecify.annotations.NullMarked;
