/// What the time of an answer tells about accounts.
@NullMarked
package io.watchfloor.benchmark.signin;

import org.jspecify.annotations.NullMarked;
