@NullMarked
package io.watchfloor.server.store;

import org.jspecify.annotations.NullMarked;
