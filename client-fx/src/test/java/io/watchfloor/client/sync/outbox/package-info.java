@NullMarked
package io.watchfloor.client.sync.outbox;

import org.jspecify.annotations.NullMarked;
