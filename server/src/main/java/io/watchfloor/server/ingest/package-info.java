/// Samples that come in over HTTP: Influx line protocol, read strictly and without holding a body in memory.
@NullMarked
package io.watchfloor.server.ingest;

import org.jspecify.annotations.NullMarked;
