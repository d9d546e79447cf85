@NullMarked
package io.watchfloor.server.host;

import org.jspecify.annotations.NullMarked;
