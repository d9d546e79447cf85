package io.watchfloor.client.app;

/// What a person is told whose account turns out to be disabled. Stateless.
final class DisabledAccount {

    private DisabledAccount() {}

    /// @param unsent edits that have not reached the server
    static String sentence(String name, int unsent) {
        String disabled = "The account '" + name
                + "' was disabled by an administrator. The dashboards that were kept for it"
                + " on this computer are erased.";
        return unsent == 0
                ? disabled
                : disabled + (unsent == 1
                        ? " 1 edit that was not sent stays here, and is sent"
                        : " " + unsent + " edits that were not sent stay here, and are sent")
                        + " when the account is enabled again and you sign in on this computer.";
    }
}
