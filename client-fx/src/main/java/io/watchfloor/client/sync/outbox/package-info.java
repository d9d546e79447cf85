/// Edits that the server has not acked yet, kept on disk.
@NullMarked
package io.watchfloor.client.sync.outbox;

import org.jspecify.annotations.NullMarked;
