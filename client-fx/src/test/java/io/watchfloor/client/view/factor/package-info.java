@NullMarked
package io.watchfloor.client.view.factor;

import org.jspecify.annotations.NullMarked;
