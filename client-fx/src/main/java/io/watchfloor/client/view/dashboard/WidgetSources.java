package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.sync.LiveData;
import io.watchfloor.client.widget.RedrawPulse;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/// What the widgets of a dashboard need of the world around them.
///
/// @param now milliseconds since 1970 UTC, server time
/// @param zone of time axes
///
/// Immutable.
record WidgetSources(LiveData live, RedrawPulse pulse, LongSupplier now, ZoneId zone) {}
