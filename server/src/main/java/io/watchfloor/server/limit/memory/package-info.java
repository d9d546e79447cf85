/// Buckets in the memory of one instance.
@NullMarked
package io.watchfloor.server.limit.memory;

import org.jspecify.annotations.NullMarked;
