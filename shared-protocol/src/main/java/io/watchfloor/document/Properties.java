package io.watchfloor.document;

/// Names of the properties and kinds that this version knows. Others are stored and relayed all the same.
public final class Properties {

    /// Boolean; false once the element is deleted.
    public static final String EXISTS = "exists";
    /// String, written once: one of the kinds below, or one of a newer version.
    public static final String KIND = "kind";
    /// String, written once: id of the element this one belongs to.
    public static final String PARENT = "parent";
    /// String.
    public static final String TITLE = "title";
    /// [Bounds], of widgets.
    public static final String BOUNDS = "bounds";
    /// [FractionalIndex], of widgets: which lies above which.
    public static final String Z = "z";
    /// [FractionalIndex], of children: their order in a list, as of a chart's series or a table's columns.
    public static final String ORDER = "order";
    /// Fields `source`, `language`, `text`: of series, metrics and tables.
    public static final String QUERY = "query";
    /// String: one of `none`, `percent`, `bytes`, `bytes/s`, `seconds`, `count/s`.
    public static final String UNIT = "unit";
    /// String with `{{label}}` in it: how a line is named.
    public static final String LEGEND = "legend";
    /// Fields `warn` and `alarm`, numbers: from where a value is amber and red.
    public static final String THRESHOLDS = "thresholds";
    /// Fields `min` and `max`, numbers or null: the range of the value axis.
    public static final String AXIS = "axis";
    /// String, of columns: which column of the table's result.
    public static final String COLUMN = "column";
    /// Integer, seconds, of the dashboard: how far back charts look.
    public static final String RANGE = "range";

    /// Integer, of the dashboard: the revision that was restored last. Set by a restore and by nothing else, so that the log
    /// tells what it was.
    public static final String RESTORED = "restored";

    /// A long text, changed by text edits: what a note says.
    public static final String TEXT = "text";
    /// A long text, changed by text edits, of the dashboard and of widgets: what they are about.
    public static final String DESCRIPTION = "description";

    public static final String KIND_CHART = "chart";
    public static final String KIND_METRIC = "metric";
    public static final String KIND_TABLE = "table";
    public static final String KIND_SERIES = "series";
    public static final String KIND_COLUMN = "column";
    public static final String KIND_TEXT = "text";

    private Properties() {}
}
