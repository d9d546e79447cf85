/// Long text: typing, with colleagues, and reading.
@NullMarked
package io.watchfloor.client.widget.text;

import org.jspecify.annotations.NullMarked;
