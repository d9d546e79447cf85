/// How much one address, account or connection may take.
@NullMarked
package io.watchfloor.server.limit;

import org.jspecify.annotations.NullMarked;
