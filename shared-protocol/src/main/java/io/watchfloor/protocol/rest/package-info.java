/// Bodies of the REST interface.
@NullMarked
package io.watchfloor.protocol.rest;

import org.jspecify.annotations.NullMarked;
