@NullMarked
package io.watchfloor.server.http;

import org.jspecify.annotations.NullMarked;
