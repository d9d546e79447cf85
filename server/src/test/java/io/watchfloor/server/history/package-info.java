@NullMarked
package io.watchfloor.server.history;

import org.jspecify.annotations.NullMarked;
