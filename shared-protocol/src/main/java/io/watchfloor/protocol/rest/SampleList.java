package io.watchfloor.protocol.rest;

import java.util.List;

/// Answer to `GET /api/v1/samples`: the series that match, each with the samples of the range. Immutable.
public record SampleList(List<SampleRow> series) {

    public SampleList {
        series = List.copyOf(series);
    }
}
