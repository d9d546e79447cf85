@NullMarked
package io.watchfloor.client.architecture;

import org.jspecify.annotations.NullMarked;
