package io.watchfloor.protocol.rest;

import io.watchfloor.document.Epoch;
import java.util.List;

/// The named versions of a dashboard, newest revision first. Immutable.
public record VersionList(Epoch epoch, List<VersionRow> versions) {

    public VersionList {
        versions = List.copyOf(versions);
    }
}
