package io.watchfloor.client.app;

import io.watchfloor.client.sync.outbox.Outbox;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Erases what is kept of an account that turns out to be disabled, and tells the person. Stateless.
final class DisabledAccount {

    private DisabledAccount() {}

    /// Closes the outbox, too.
    static String erase(String name, Outbox outbox) {
        return sentence(name, outbox.discard());
    }

    static String sentence(String name, Outbox.Discarded discarded) {
        String told = "The account '" + name
                + "' was disabled by an administrator. What was kept for it on this computer"
                + " is erased" + switch (discarded.unsent()) {
                    case 0 -> ".";
                    case 1 -> ", with 1 edit that had not reached the server.";
                    default -> ", with " + discarded.unsent() + " edits that had not reached the server.";
                };
        return discarded.left().isEmpty()
                ? told
                : told + discarded.left().stream().map(Path::toString).collect(
                        Collectors.joining(", ", " Not all could be erased; delete it yourself: ", "."));
    }
}
