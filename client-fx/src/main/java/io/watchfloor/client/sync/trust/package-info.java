/// Which servers are believed to be who they say they are.
@NullMarked
package io.watchfloor.client.sync.trust;

import org.jspecify.annotations.NullMarked;
