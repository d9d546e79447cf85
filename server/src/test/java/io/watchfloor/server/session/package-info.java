@NullMarked
package io.watchfloor.server.session;

import org.jspecify.annotations.NullMarked;
