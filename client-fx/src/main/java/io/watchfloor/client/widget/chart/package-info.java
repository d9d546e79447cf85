/// Line charts: sample rings, reduction to pixel columns, painting.
@NullMarked
package io.watchfloor.client.widget.chart;

import org.jspecify.annotations.NullMarked;
