/// The open dashboard: the grid and its widgets, editing, the palette and the inspector.
@NullMarked
package io.watchfloor.client.view.dashboard;

import org.jspecify.annotations.NullMarked;
