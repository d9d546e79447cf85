/// The past of dashboards for people: who changed what, versions with names, and going back to them.
@NullMarked
package io.watchfloor.server.history;

import org.jspecify.annotations.NullMarked;
