package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route says of itself in the OpenAPI document, beyond what follows from its method and who may call it.
/// Immutable.
///
/// @param summary a sentence
/// @param takes record of the JSON body; absent where it takes none
/// @param asks what it takes from the address, behind the question mark; all of it may be left out
/// @param status of the answer when all goes well
/// @param gives record of the answer; absent where it is empty or no JSON
/// @param type of the answer's content where it is no JSON; empty where it is JSON or nothing
/// @param refusals problems of this route's own
public record Contract(String summary, @Nullable Class<? extends Record> takes, List<Parameter> asks, int status,
        @Nullable Class<? extends Record> gives, String type, List<ProblemCode> refusals) {

    /// Of a route that has said nothing of itself yet. Such a one is not served.
    static final Contract NONE = new Contract("", null, List.of(), 200, null, "", List.of());

    public Contract {
        asks = List.copyOf(asks);
        refusals = List.copyOf(refusals);
    }

    /// What may stand behind the question mark of an address.
    ///
    /// @param number whether it is a whole number; text otherwise
    public record Parameter(String name, boolean number, String summary) {

        static Parameter ofNumber(String name, String summary) {
            return new Parameter(name, true, summary);
        }

        static Parameter ofText(String name, String summary) {
            return new Parameter(name, false, summary);
        }
    }
}
