package io.watchfloor.client.view.account;

import io.watchfloor.protocol.Role;

/// What the page of one's own account shows and does. FX thread only.
public final class AccountModel {

    private final String name;
    private final Role role;
    private final Runnable signOut;

    public AccountModel(String name, Role role, Runnable signOut) {
        this.name = name;
        this.role = role;
        this.signOut = signOut;
    }

    public String name() {
        return name;
    }

    /// The role, and what it means.
    public String roleText() {
        return switch (role) {
            case VIEWER -> "Viewer: sees dashboards";
            case EDITOR -> "Editor: makes dashboards and edits those that are shared";
            case ADMIN -> "Administrator: looks after people and may edit every dashboard";
        };
    }

    public void signOut() {
        signOut.run();
    }
}
