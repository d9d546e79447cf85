package io.watchfloor.client.sync;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.ErrorCode;
import java.util.List;
import java.util.Map;

/// An edit of one's own that the server refused. It is taken back out of what is shown.
///
/// @param label what the edit was, as in "Move 'CPU'"
/// @param lost what it would have set
/// @param typed what it would have inserted into long texts
/// @param reason a sentence for people
///
/// Immutable.
public record Rejection(String label, ErrorCode code, List<Assignment> lost, Map<TextId, String> typed,
        String reason) {

    public Rejection {
        lost = List.copyOf(lost);
        typed = Map.copyOf(typed);
    }
}
