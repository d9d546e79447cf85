/// With whom a dashboard is shared.
@NullMarked
package io.watchfloor.client.view.sharing;

import org.jspecify.annotations.NullMarked;
