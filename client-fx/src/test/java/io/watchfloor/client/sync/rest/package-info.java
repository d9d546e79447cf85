@NullMarked
package io.watchfloor.client.sync.rest;

import org.jspecify.annotations.NullMarked;
