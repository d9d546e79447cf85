package io.watchfloor.server.auth;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What names and passwords of accounts may look like. Stateless.
public final class AccountRules {

    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}");

    private AccountRules() {}

    /// What is wrong with a new password, as the end of a sentence ("The password ..."); null where nothing is.
    public static @Nullable String problemOfPassword(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            return "must have " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters";
        }
        return CommonPasswords.contains(password) ? "is one of those that are tried first; choose another" : null;
    }

    /// The same, for an account whose name the password must not be.
    public static @Nullable String problemOfPassword(String password, String name) {
        String problem = problemOfPassword(password);
        if (problem != null) {
            return problem;
        }
        String plain = name.toLowerCase(Locale.ROOT);
        boolean holdsName = plain.length() >= SHORTEST_PASSWORD / 2
                && password.toLowerCase(Locale.ROOT).contains(plain);
        return holdsName || CommonPasswords.isAbout(password, Set.of(plain)) ? "must not be made of the name" : null;
    }

    /// What is wrong with the name of a group, as the end of a sentence ("The name ..."); null where nothing is.
    public static @Nullable String problemOfGroup(String name) {
        return GROUP.matcher(name).matches()
                ? null
                : "must begin with a letter or digit and have up to 64 letters, digits, blanks, '.', '_' and '-'";
    }

    /// Whether there can be an account of this name, however its letters are cased.
    static boolean mayBeName(String name) {
        return NAME.matcher(name).matches();
    }

    /// What is wrong with the name of a new account, as the end of a sentence ("The name ..."); null where nothing is.
    public static @Nullable String problemOfName(String name) {
        return mayBeName(name)
                ? null
                : "must begin with a letter or digit and have up to 64 letters, digits, '.', '_', '@' and '-'";
    }
}
