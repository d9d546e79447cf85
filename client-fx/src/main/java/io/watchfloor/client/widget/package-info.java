/// The frame around every widget, and the pulse in which widgets redraw. Widgets take plain data and know no network.
@NullMarked
package io.watchfloor.client.widget;

import org.jspecify.annotations.NullMarked;
