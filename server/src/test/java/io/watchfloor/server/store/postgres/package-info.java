@NullMarked
package io.watchfloor.server.store.postgres;

import org.jspecify.annotations.NullMarked;
