/// What views show and edit: an open dashboard as widgets, its editor and the rules of the grid. Knows no JavaFX.
@NullMarked
package io.watchfloor.client.model;

import org.jspecify.annotations.NullMarked;
