/// The shared document: elements with last-writer-wins properties, and the log entries that change it. Pure: no I/O, no threads, no clock of its own.
@NullMarked
package io.watchfloor.document;

import org.jspecify.annotations.NullMarked;
