/// Every widget in every state, in every theme, with made-up data: for the eye, and for tests of the looks.
@NullMarked
package io.watchfloor.client.gallery;

import org.jspecify.annotations.NullMarked;
