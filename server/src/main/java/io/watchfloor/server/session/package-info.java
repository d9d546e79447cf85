/// Authenticated connections and what they ask for; knows no transport.
@NullMarked
package io.watchfloor.server.session;

import org.jspecify.annotations.NullMarked;
