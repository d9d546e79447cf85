package io.watchfloor.server.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the text of an access token looks like where it is one of ours: three parts, each in canonical base64url, and flat
/// JSON objects in which every name comes once. Libraries are generous here: they take the last of two equal names, a
/// time in text or with a fraction, and headers that name keys. Stateless.
///
/// Source: RFC 7515, RFC 8725 (2.4, 3.1, 3.5).
final class TokenForm {

    private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");
    private static final Set<String> TIMES = Set.of("exp", "nbf", "iat");
    private static final Pattern MEMBER = Pattern
            .compile("\"([a-z_]{1,16})\":(\"[^\"\\\\\\p{Cntrl}]*\"|0|[1-9][0-9]{0,15}|true|false|null)([,}])");
    /// Seconds since 1970: until the year 2286.
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,9}");
    /// What fits an int; a longer one would be cut to another number.
    private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern KEY_ID = Pattern.compile("\"[A-Za-z0-9_-]{1,64}\"");

    private TokenForm() {}

    static boolean fits(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !isCanonical(parts[2])) {
            return false;
        }
        Map<String, String> header = members(parts[0]);
        Map<String, String> claims = members(parts[1]);
        return header != null && claims != null && header.keySet().equals(HEADERS)
                && "\"HS256\"".equals(header.get("alg"))
                && KEY_ID.matcher(header.getOrDefault("kid", "")).matches()
                && GENERATION.matcher(claims.getOrDefault("gen", "")).matches()
                && TIMES.stream().allMatch(time -> SECONDS.matcher(claims.getOrDefault(time, "")).matches());
    }

    private static @Nullable Map<String, String> members(String part) {
        if (!isCanonical(part)) {
            return null;
        }
        String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        Map<String, String> members = new HashMap<>();
        Matcher member = MEMBER.matcher(json);
        int at = 1;
        while (json.startsWith("{") && member.find(at) && member.start() == at) {
            if (members.put(member.group(1), member.group(2)) != null) {
                return null;
            }
            at = member.end();
            if (member.group(3).equals("}")) {
                return at == json.length() ? members : null;
            }
        }
        return null;
    }

    /// Whether it is base64url of something in the one way there is: no padding, no bits that mean nothing.
    private static boolean isCanonical(String part) {
        try {
            return !part.isEmpty() && Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(Base64.getUrlDecoder().decode(part)).equals(part);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
