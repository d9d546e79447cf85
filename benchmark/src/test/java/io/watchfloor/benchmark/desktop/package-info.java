/// The desktop's synchronisation against the real server, over real sockets.
@NullMarked
package io.watchfloor.benchmark.desktop;

import org.jspecify.annotations.NullMarked;
