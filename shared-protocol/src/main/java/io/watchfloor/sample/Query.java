package io.watchfloor.sample;

/// Where a widget's data comes from.
///
/// @param source `builtin` (the built-in metric store) or `host` (tables taken from the server's own machine)
/// @param language `promql` for `builtin`, `table` for `host`
/// @param text for `promql` a [Selector]; for `table` the name of one: `processes`, `interfaces`, `filesystems`
///
/// Immutable.
public record Query(String source, String language, String text) {

    public static final String BUILTIN = "builtin";
    public static final String HOST = "host";
    public static final String PROMQL = "promql";
    public static final String TABLE = "table";

    public static Query promql(String selector) {
        return new Query(BUILTIN, PROMQL, selector);
    }

    public static Query hostTable(String name) {
        return new Query(HOST, TABLE, name);
    }
}
