/// What surrounds every screen of a window: rail, top bar, status line, toasts.
@NullMarked
package io.watchfloor.client.view.window;

import org.jspecify.annotations.NullMarked;
