/// The page of one's own account: who one is, the password, the second factor, and where one is signed in.
@NullMarked
package io.watchfloor.client.view.account;

import org.jspecify.annotations.NullMarked;
