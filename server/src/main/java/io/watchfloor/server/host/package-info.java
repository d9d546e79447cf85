/// Figures of the machine the server runs on, and of the server itself.
@NullMarked
package io.watchfloor.server.host;

import org.jspecify.annotations.NullMarked;
