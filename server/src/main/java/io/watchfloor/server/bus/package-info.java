/// Port between server instances. Adapters are in sub-packages, named by technology.
@NullMarked
package io.watchfloor.server.bus;

import org.jspecify.annotations.NullMarked;
