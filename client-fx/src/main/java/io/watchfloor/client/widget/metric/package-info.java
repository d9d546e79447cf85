/// One great number.
@NullMarked
package io.watchfloor.client.widget.metric;

import org.jspecify.annotations.NullMarked;
