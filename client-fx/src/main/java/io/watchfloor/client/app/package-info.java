/// The program: its command line, what it remembers, and the composition root that puts its parts together.
@NullMarked
package io.watchfloor.client.app;

import org.jspecify.annotations.NullMarked;
