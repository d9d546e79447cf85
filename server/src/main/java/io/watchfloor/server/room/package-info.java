/// Live copies of dashboards: who is in them, what is pushed to them, what data flows into them.
@NullMarked
package io.watchfloor.server.room;

import org.jspecify.annotations.NullMarked;
