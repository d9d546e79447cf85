/// The real rooms and the real synchronisation of desktops on simulated time, network, disk, store and bus, from one
/// seed; with a reference model that checks what every run has promised.
@NullMarked
package io.watchfloor.benchmark.simulation;

import org.jspecify.annotations.NullMarked;
