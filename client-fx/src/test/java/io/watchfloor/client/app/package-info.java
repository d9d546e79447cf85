@NullMarked
package io.watchfloor.client.app;

import org.jspecify.annotations.NullMarked;
