@NullMarked
package io.watchfloor.client;

import org.jspecify.annotations.NullMarked;
