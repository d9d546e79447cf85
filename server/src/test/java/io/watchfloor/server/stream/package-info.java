@NullMarked
package io.watchfloor.server.stream;

import org.jspecify.annotations.NullMarked;
