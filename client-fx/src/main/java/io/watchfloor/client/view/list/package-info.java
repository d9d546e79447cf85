/// The list of dashboards.
@NullMarked
package io.watchfloor.client.view.list;

import org.jspecify.annotations.NullMarked;
