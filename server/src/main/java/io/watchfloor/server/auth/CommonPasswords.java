package io.watchfloor.server.auth;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The passwords that people choose most often, from lists of leaked ones: about thirty thousand, as the library zxcvbn
/// brings them (MIT licence). Stateless.
final class CommonPasswords {

    private static final int SHORTEST = 8;
    /// What somebody would try here first.
    private static final Set<String> OF_THIS_PRODUCT = Set.of("watchfloor", "dashboard", "administrator", "operator");

    private CommonPasswords() {}

    private static final class Known {

        private static final Set<String> PASSWORDS = read();

        private static Set<String> read() {
            try {
                return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                        .filter(password -> password.length() >= SHORTEST).collect(Collectors.toUnmodifiableSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static boolean contains(String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        return Known.PASSWORDS.contains(lower) || isAbout(lower, OF_THIS_PRODUCT);
    }

    /// Whether nothing is left of a password but digits and signs, once a word is taken out of it.
    static boolean isAbout(String password, Set<String> words) {
        String letters = password.toLowerCase(Locale.ROOT).codePoints().filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return words.contains(letters);
    }
}
