/// Tests, load and measurements of the whole system: the only module that sees both the server and the desktop.
@NullMarked
package io.watchfloor.benchmark;

import org.jspecify.annotations.NullMarked;
