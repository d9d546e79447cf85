package io.watchfloor.architecture;

import tools.jackson.core.JsonToken;

/// Breaks the rules on purpose: shows that they can be broken. Immutable.
record KnowsJacksonAndTheClock(JsonToken token) {

    static long now() {
        return System.currentTimeMillis();
    }
}
