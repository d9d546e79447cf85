/// The whole system: real server, real database, real desktop.
@NullMarked
package io.watchfloor.system;

import org.jspecify.annotations.NullMarked;
