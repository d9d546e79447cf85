/// The desktop's side of a session: one connection to the server, a copy of each open dashboard kept in step with its
/// log, and live data. Knows no JavaFX.
@NullMarked
package io.watchfloor.client.sync;

import org.jspecify.annotations.NullMarked;
