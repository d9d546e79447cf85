/// Messages to and from bytes; the only place that knows Jackson.
@NullMarked
package io.watchfloor.protocol.codec;

import org.jspecify.annotations.NullMarked;
