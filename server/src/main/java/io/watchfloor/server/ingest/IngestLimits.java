package io.watchfloor.server.ingest;

/// How large what comes in may be. What is over a limit is refused with a reason, never cut.
///
/// Source: the lengths follow what PostgreSQL can index (label name and value together stay below 2,700 bytes).
final class IngestLimits {

    /// Bytes of one line.
    static final int LINE_BYTES = 64 << 10;
    static final int TAGS_PER_LINE = 64;
    static final int FIELDS_PER_LINE = 1_000;
    /// Bytes of a measurement, tag key or field key, as written.
    static final int NAME_BYTES = 256;
    /// Bytes of a tag value.
    static final int TAG_VALUE_BYTES = 1_024;
    /// Refused lines that an answer describes; others are only counted.
    static final int PROBLEMS_NAMED = 20;

    private IngestLimits() {}
}
