@NullMarked
package io.watchfloor.server.store.memory;

import org.jspecify.annotations.NullMarked;
