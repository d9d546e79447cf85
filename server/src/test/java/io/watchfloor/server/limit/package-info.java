@NullMarked
package io.watchfloor.server.limit;

import org.jspecify.annotations.NullMarked;
