package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.OutboxText;
import io.watchfloor.document.Delta;
import io.watchfloor.document.TextId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was typed into the long texts of a dashboard and is not acked, as the outbox has it. Owner executor only.
final class WrittenTexts {

    private final Map<TextId, OutboxText> texts = new HashMap<>();

    WrittenTexts(List<OutboxText> held) {
        held.forEach(text -> texts.put(text.id(), text));
    }

    List<OutboxText> all() {
        return List.copyOf(texts.values());
    }

    /// Texts with something that no push holds, as a person counts edits.
    int unsent() {
        return (int) texts.values().stream().filter(OutboxText::unsent).count();
    }

    /// Texts that are not as they were written last, settled ones included; from now on they count as written.
    List<OutboxText> changed(WaitingTexts typing) {
        if (typing.equals(WaitingTexts.NONE)) {
            return List.of();
        }
        Map<TextId, OutboxText> now = new HashMap<>();
        typing.pending().forEach(text -> now.put(text.id(), text));
        List<OutboxText> changed = new ArrayList<>();
        for (OutboxText before : all()) {
            if (!now.containsKey(before.id())) {
                texts.remove(before.id());
                changed.add(new OutboxText(before.id(), before.label(), null, null, Delta.NONE));
            }
        }
        now.forEach((id, text) -> {
            if (!text.equals(texts.put(id, text))) {
                changed.add(text);
            }
        });
        return changed;
    }
}
