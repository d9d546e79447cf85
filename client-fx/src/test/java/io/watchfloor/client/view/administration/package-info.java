@NullMarked
package io.watchfloor.client.view.administration;

import org.jspecify.annotations.NullMarked;
