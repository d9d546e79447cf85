/// PostgreSQL: the ports' adapters, the connection to it, and the one that is embedded. The only place that knows SQL.
@NullMarked
package io.watchfloor.server.store.postgres;

import org.jspecify.annotations.NullMarked;
