package io.watchfloor.client.view.administration;

import io.watchfloor.protocol.rest.AuditAction;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the events of the audit log are about, to choose from. Immutable.
public enum AuditKind {
    ALL("Everything", "$.^"), SIGN_INS("Sign-ins", "sign-|refresh-"), PASSWORDS("Passwords and second factors",
            "password|second-factor|recovery"), PEOPLE("People, groups, invitations",
                    "user-|group-|invitation-"), SHARING("Sharing", "right-"), DASHBOARDS("Dashboards",
                            "dashboard-|version-|epoch-"), PROGRAMS("Programs, screens, settings",
                                    "service-token|kiosk-|setting-"), REQUESTS("Refused requests",
                                            "request|connection|join|push|query");

    private final String title;
    private final Pattern parts;

    AuditKind(String title, String parts) {
        this.title = title;
        this.parts = Pattern.compile(parts);
    }

    /// For people.
    public String title() {
        return title;
    }

    /// The actions of this kind; none where all are meant.
    Set<AuditAction> actions() {
        return Arrays.stream(AuditAction.values()).filter(action -> parts.matcher(action.code()).find())
                .collect(Collectors.toUnmodifiableSet());
    }
}
