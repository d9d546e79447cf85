package io.watchfloor.server.limit;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The amounts in force, by the labels of [Limit] and [Crowd]; what is not in it is as usual. Immutable.
public record LimitSettings(Map<String, Long> amounts) {

    public static final LimitSettings USUAL = new LimitSettings(Map.of());

    /// The most that can be asked for: as good as no limit, and far from any overflow.
    public static final long MOST = 1_000_000_000;

    /// @throws IllegalArgumentException with a sentence where there is no such limit, or the amount is none
    public LimitSettings {
        amounts = Map.copyOf(amounts);
        amounts.forEach((label, amount) -> {
            if (labels().noneMatch(label::equals)) {
                throw new IllegalArgumentException("There is no limit \"" + label + "\"; there are "
                        + labels().collect(Collectors.joining(", ")));
            }
            if (amount < 1 || amount > MOST) {
                throw new IllegalArgumentException("The limit " + label + " must be 1 to " + MOST);
            }
        });
    }

    private static Stream<String> labels() {
        return Stream.concat(Arrays.stream(Limit.values()).map(Limit::label),
                Arrays.stream(Crowd.values()).map(Crowd::label));
    }

    public long of(Limit limit) {
        return amounts.getOrDefault(limit.label(), limit.usual());
    }

    public int of(Crowd crowd) {
        return amounts.getOrDefault(crowd.label(), (long) crowd.usual()).intValue();
    }
}
