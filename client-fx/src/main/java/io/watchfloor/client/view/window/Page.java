package io.watchfloor.client.view.window;

import org.kordamp.ikonli.feather.Feather;

/// A place that the rail leads to, in the order of the rail. Immutable.
public enum Page {
    /// All dashboards.
    DASHBOARDS("rail-dashboards", Feather.LAYOUT, "Dashboards"),
    /// People, programs and the audit log; for administrators.
    ADMINISTRATION("rail-administration", Feather.SHIELD, "Administration"),
    /// Who is signed in; below the others, at the end of the rail.
    ACCOUNT("rail-account", Feather.USER, "Account");

    private final String id;
    private final Feather icon;
    private final String title;

    Page(String id, Feather icon, String title) {
        this.id = id;
        this.icon = icon;
        this.title = title;
    }

    /// Of its button.
    String id() {
        return id;
    }

    Feather icon() {
        return icon;
    }

    /// For people.
    public String title() {
        return title;
    }
}
