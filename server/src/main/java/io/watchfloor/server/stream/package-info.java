/// The way of samples from where they come in to those who watch them.
@NullMarked
package io.watchfloor.server.stream;

import org.jspecify.annotations.NullMarked;
