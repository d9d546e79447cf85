/// The HTTP server and the REST interface.
@NullMarked
package io.watchfloor.server.http;

import org.jspecify.annotations.NullMarked;
