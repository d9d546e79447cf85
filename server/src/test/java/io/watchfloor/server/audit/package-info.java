@NullMarked
package io.watchfloor.server.audit;

import org.jspecify.annotations.NullMarked;
