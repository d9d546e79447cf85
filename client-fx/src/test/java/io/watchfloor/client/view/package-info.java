/// Tests of the views, against a server in the same process.
@NullMarked
package io.watchfloor.client.view;

import org.jspecify.annotations.NullMarked;
