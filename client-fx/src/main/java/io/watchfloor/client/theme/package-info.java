/// Colours, type and control styles of the whole application: tokens in one style sheet per theme, one style sheet for
/// the controls, and the bundled font.
@NullMarked
package io.watchfloor.client.theme;

import org.jspecify.annotations.NullMarked;
