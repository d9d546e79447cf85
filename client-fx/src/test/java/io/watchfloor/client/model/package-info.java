@NullMarked
package io.watchfloor.client.model;

import org.jspecify.annotations.NullMarked;
