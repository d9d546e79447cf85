@NullMarked
package io.watchfloor.client.view.dashboard;

import org.jspecify.annotations.NullMarked;
