package io.watchfloor.client.view.administration;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.format.Moments;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.Scope;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Names of what administrators see, as people say them. Stateless.
final class Words {

    private static final ZoneId ZONE = ZoneId.systemDefault();

    private Words() {}

    /// How long ago that was; never, where it was not.
    static String ago(@Nullable Long millis, long now) {
        return millis == null ? "Never" : Ages.text(now - millis) + " ago";
    }

    /// To the second here, and in UTC; empty where it was not.
    static String exactly(@Nullable Long millis) {
        return millis == null ? "" : Moments.exact(millis, ZONE) + "\n" + Moments.utc(millis);
    }

    /// @param active how many of them can sign in
    static String people(int all, int active) {
        String number = all == 1 ? "1 person" : all + " people";
        return number + (active == all ? "" : ", " + active + " of them can sign in");
    }

    static String until(long millis) {
        return Moments.text(millis, ZONE);
    }

    static String day(long millis) {
        return Moments.day(millis, ZONE);
    }

    /// Who made something; administrators of the machine have no account.
    static String maker(@Nullable String account) {
        return account == null ? "Command line" : account;
    }

    /// Who did something, as the audit log has it.
    ///
    /// @param actor null where nobody has proved who he is, and at the command line
    static String doer(@Nullable String actor, @Nullable String address) {
        if (actor != null) {
            return actor;
        }
        return address == null || address.startsWith("command line") ? "Command line" : "Not signed in";
    }

    static String role(Role role) {
        return switch (role) {
            case VIEWER -> "Viewer";
            case EDITOR -> "Editor";
            case ADMIN -> "Administrator";
        };
    }

    /// With its article, inside a sentence.
    static String aRole(Role role) {
        return switch (role) {
            case VIEWER -> "a viewer";
            case EDITOR -> "an editor";
            case ADMIN -> "an administrator";
        };
    }

    /// All who have it, at the beginning of a sentence.
    static String roles(Role role) {
        return role(role) + "s";
    }

    /// What it allows.
    static String meaning(Role role) {
        return switch (role) {
            case VIEWER -> "Sees dashboards.";
            case EDITOR -> "Makes dashboards, and edits those that are shared.";
            case ADMIN -> "Looks after people, and may edit every dashboard.";
        };
    }

    static String scope(Scope scope) {
        return switch (scope) {
            case INGEST -> "Write samples";
            case READ -> "Read";
            case METRICS -> "Server metrics";
        };
    }

    static String meaning(Scope scope) {
        return switch (scope) {
            case INGEST -> "Sends samples to the server, as Telegraf does.";
            case READ -> "Reads samples.";
            case METRICS -> "Reads the figures of the server itself, as Prometheus does.";
        };
    }
}
