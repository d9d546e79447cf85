/// Ports to the database. Adapters are in sub-packages, named by technology.
@NullMarked
package io.watchfloor.server.store;

import org.jspecify.annotations.NullMarked;
