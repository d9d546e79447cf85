/// TLS between a real desktop's connections and a whole server.
@NullMarked
package io.watchfloor.benchmark.tls;

import org.jspecify.annotations.NullMarked;
