@NullMarked
package io.watchfloor.server.architecture;

import org.jspecify.annotations.NullMarked;
