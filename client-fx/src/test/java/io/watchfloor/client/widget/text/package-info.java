/// Tests of long text as it is shown and typed in.
@NullMarked
package io.watchfloor.client.widget.text;

import org.jspecify.annotations.NullMarked;
