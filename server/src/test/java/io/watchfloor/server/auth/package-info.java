@NullMarked
package io.watchfloor.server.auth;

import org.jspecify.annotations.NullMarked;
