/// What was done here, by whom, and the proof that nobody changed it since.
@NullMarked
package io.watchfloor.server.audit;

import org.jspecify.annotations.NullMarked;
