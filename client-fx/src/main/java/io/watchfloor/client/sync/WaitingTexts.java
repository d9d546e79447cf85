package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxText;
import io.watchfloor.document.TextId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was typed into long texts and waits for its turn to be pushed. Owner executor only.
interface WaitingTexts {

    /// None.
    WaitingTexts NONE = new WaitingTexts() {

        @Override
        public List<OutboxText> pending() {
            return List.of();
        }

        @Override
        public @Nullable TextId ready() {
            return null;
        }

        @Override
        public OutboxPush send(TextId text, long key, long clientSeq) {
            throw new IllegalStateException("nothing was typed");
        }
    };

    /// All that is not acked.
    List<OutboxText> pending();

    /// A text that may be pushed, or null where there is none.
    @Nullable
    TextId ready();

    /// Puts what was typed into a text in flight.
    OutboxPush send(TextId text, long key, long clientSeq);
}
