/// Frames to and from the server.
@NullMarked
package io.watchfloor.client.sync.transport;

import org.jspecify.annotations.NullMarked;
