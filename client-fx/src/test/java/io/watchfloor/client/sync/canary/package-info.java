@NullMarked
package io.watchfloor.client.sync.canary;

import org.jspecify.annotations.NullMarked;
