/// Accounts, their tokens, and what they may do.
@NullMarked
package io.watchfloor.server.auth;

import org.jspecify.annotations.NullMarked;
