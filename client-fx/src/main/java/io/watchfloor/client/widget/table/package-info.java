/// Tables.
@NullMarked
package io.watchfloor.client.widget.table;

import org.jspecify.annotations.NullMarked;
