@NullMarked
package io.watchfloor.server;

import org.jspecify.annotations.NullMarked;
