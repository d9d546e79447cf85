@NullMarked
package io.watchfloor.client.sync;

import org.jspecify.annotations.NullMarked;
