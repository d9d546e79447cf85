/// The closed set of messages between desktop and server.
@NullMarked
package io.watchfloor.protocol;

import org.jspecify.annotations.NullMarked;
