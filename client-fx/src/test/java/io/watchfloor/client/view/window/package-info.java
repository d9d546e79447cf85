@NullMarked
package io.watchfloor.client.view.window;

import org.jspecify.annotations.NullMarked;
