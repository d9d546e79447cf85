/// Signing in, and the change of a password that must be changed.
@NullMarked
package io.watchfloor.client.view.signin;

import org.jspecify.annotations.NullMarked;
