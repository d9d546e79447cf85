@NullMarked
package io.watchfloor.client.view.account;

import org.jspecify.annotations.NullMarked;
