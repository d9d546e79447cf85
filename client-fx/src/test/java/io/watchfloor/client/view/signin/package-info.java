@NullMarked
package io.watchfloor.client.view.signin;

import org.jspecify.annotations.NullMarked;
