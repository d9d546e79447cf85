package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route says of itself in the OpenAPI document, beyond what follows from its method and who may call it.
/// Immutable.
///
/// @param summary a sentence
/// @param takes record of the JSON body; absent where it takes none
/// @param status of the answer when all goes well
/// @param gives record of the answer; absent where it is empty or no JSON
/// @param type of the answer's content where it is no JSON; empty where it is JSON or nothing
/// @param refusals problems of this route's own
public record Contract(String summary, @Nullable Class<? extends Record> takes, int status,
        @Nullable Class<? extends Record> gives, String type, List<ProblemCode> refusals) {

    static final Contract UNTOLD = new Contract("", null, 200, null, "", List.of());

    public Contract {
        refusals = List.copyOf(refusals);
    }
}
