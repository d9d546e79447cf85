/// The server's REST interface: signing in and the list of dashboards.
@NullMarked
package io.watchfloor.client.sync.rest;

import org.jspecify.annotations.NullMarked;
