/// Sign-ins against a watch.
@NullMarked
package io.watchfloor.benchmark.signin;

import org.jspecify.annotations.NullMarked;
