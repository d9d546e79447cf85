package io.watchfloor.client.view.signin;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// An invitation as somebody has received it: a link, or the code alone. Immutable.
///
/// @param server absent where only the code was given
record Invitation(@Nullable URI server, String code) {

    private static final String MARK = "#invitation=";

    /// Reads what was typed or pasted.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    static Invitation parse(String text) {
        String given = text.strip();
        int mark = given.indexOf(MARK);
        String code = mark < 0 ? given : given.substring(mark + MARK.length());
        if (code.isEmpty() || !code.chars().allMatch(Invitation::isOfACode)) {
            throw new IllegalArgumentException(
                    "This is neither the link of an invitation nor its code. Copy the whole of it.");
        }
        return new Invitation(mark <= 0 ? null : ServerAddress.parse(given.substring(0, mark)), code);
    }

    private static boolean isOfACode(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    @Override
    public String toString() {
        return "Invitation[" + server + "]";
    }
}
