package io.watchfloor.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Sentences that quote what a peer has said. Stateless.
final class Words {

    private Words() {}

    /// The text with a question mark for each half of a surrogate pair, for those cannot be written.
    static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static @Nullable String wellFormedOrNull(@Nullable String text) {
        return text == null ? null : wellFormed(text);
    }
}
