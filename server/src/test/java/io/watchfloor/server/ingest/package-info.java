@NullMarked
package io.watchfloor.server.ingest;

import org.jspecify.annotations.NullMarked;
