package io.watchfloor.protocol.rest;

import java.util.List;

/// The named versions of a dashboard, newest revision first. Immutable.
public record VersionList(List<VersionRow> versions) {

    public VersionList {
        versions = List.copyOf(versions);
    }
}
