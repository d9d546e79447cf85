package io.watchfloor.client.theme;

import javafx.css.PseudoClass;

/// Names of the style classes that `watchfloor.css` defines, for use in views. Buttons also know the base theme's `accent`,
/// `flat` and `danger`. Thread-safe.
public final class Styles {

    // type
    /// Labels, 11 and muted.
    public static final String CAPTION = "wf-caption";
    public static final String MUTED = "wf-muted";
    public static final String STRONG = "wf-strong";
    public static final String SECTION_TITLE = "wf-section-title";
    public static final String DIALOG_TITLE = "wf-dialog-title";
    public static final String WARN_TEXT = "wf-warn-text";
    public static final String ALARM_TEXT = "wf-alarm-text";
    public static final String OK_TEXT = "wf-ok-text";

    // surfaces
    public static final String GROUND = "wf-ground";
    public static final String PANEL = "wf-panel";
    /// VBox: padded ground of a screen that is not a dashboard.
    public static final String PAGE = "wf-page";
    /// Region: hairline across.
    public static final String SEPARATOR = "wf-separator";

    // controls
    public static final String ACCENT = "accent";
    public static final String FLAT = "flat";
    public static final String DANGER = "danger";
    /// Button of 28 x 28 with an icon as its graphic.
    public static final String ICON_BUTTON = "wf-icon-button";
    public static final String FORM = "wf-form";
    public static final String FIELD_LABEL = "wf-field-label";
    public static final String FIELD_ERROR = "wf-field-error";
    /// HBox inside a list cell.
    public static final String LIST_ROW = "wf-list-row";

    // chrome
    /// VBox.
    public static final String RAIL = "wf-rail";
    /// ToggleButton with an icon as its graphic.
    public static final String RAIL_BUTTON = "wf-rail-button";
    /// HBox.
    public static final String TOP_BAR = "wf-top-bar";
    public static final String TOP_BAR_TITLE = "wf-top-bar-title";
    /// HBox of labels.
    public static final String STATUS_LINE = "wf-status-line";
    /// Region; grey unless [#OK], [#WARN] or [#ALARM] is set, each with a shape of its own.
    public static final String STATE_MARK = "wf-state-mark";
    /// Label with initials; give it a [#person] too.
    public static final String AVATAR = "wf-avatar";

    // panels that come and go
    /// VBox.
    public static final String INSPECTOR = "wf-inspector";
    /// VBox.
    public static final String DIALOG = "wf-dialog";
    /// HBox.
    public static final String DIALOG_ACTIONS = "wf-dialog-actions";
    /// HBox.
    public static final String TOAST = "wf-toast";
    /// HBox across the top; amber, red with [#ALARM].
    public static final String BANNER = "wf-banner";
    /// VBox in the middle of an empty screen: icon, sentence, next step.
    public static final String EMPTY = "wf-empty";
    /// Region: where a dragged widget would land.
    public static final String GHOST = "wf-ghost";

    public static final PseudoClass OK = PseudoClass.getPseudoClass("ok");
    public static final PseudoClass WARN = PseudoClass.getPseudoClass("warn");
    public static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");
    public static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    public static final PseudoClass DRAGGED = PseudoClass.getPseudoClass("dragged");
    /// A text field whose content is refused.
    public static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    /// How many colours there are for series.
    public static final int HUES = 8;
    /// How many there are for people.
    public static final int PEOPLE = 12;

    private Styles() {}

    /// The class that gives a node a person's colour; any number is folded into the palette.
    public static String person(int number) {
        return "wf-person-" + (Math.floorMod(number, PEOPLE) + 1);
    }

    /// The class that gives a swatch a series' colour; any index is folded into the palette.
    public static String swatch(int index) {
        return "wf-swatch-" + (Math.floorMod(index, HUES) + 1);
    }
}
