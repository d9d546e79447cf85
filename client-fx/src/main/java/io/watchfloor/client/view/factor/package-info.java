/// Adding a second factor: the picture for the authenticator, its first code, and the recovery codes.
@NullMarked
package io.watchfloor.client.view.factor;

import org.jspecify.annotations.NullMarked;
