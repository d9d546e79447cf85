package io.watchfloor.server.auth;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A hash of a password with what it was made with, in PHC format. The library writes and reads that format by the rules of
/// the machine's language, which in Turkish are others: so that is done here. Immutable.
final class PasswordHash {

    private static final Pattern FORM = Pattern
            .compile("\\$argon2id\\$v=(\\d{1,3})\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$([^$]+)\\$([^$]+)");

    private final Argon2Function function;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(Argon2Function function, byte[] salt, byte[] hash) {
        this.function = function;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash make(String password, PasswordHasher.Cost cost, int bytes, byte[] salt) {
        Argon2Function function = Argon2Function.getInstance(cost.memory(), cost.iterations(), 1, bytes, Argon2.ID);
        return new PasswordHash(function, salt, run(function, password, salt));
    }

    /// @throws IllegalArgumentException where it is none
    static PasswordHash read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("this is no hash of Argon2id in PHC format");
        }
        byte[] hash = Base64.getDecoder().decode(form.group(6));
        return new PasswordHash(
                Argon2Function.getInstance(number(form, 2), number(form, 3), number(form, 4), hash.length, Argon2.ID,
                        number(form, 1)),
                Base64.getDecoder().decode(form.group(5)), hash);
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    /// Whether it was made with less than this.
    boolean isLessThan(PasswordHasher.Cost cost) {
        return function.getMemory() < cost.memory() || function.getIterations() < cost.iterations();
    }

    /// Takes one run of Argon2id.
    boolean fits(String password) {
        return MessageDigest.isEqual(hash, run(function, password, salt));
    }

    private static byte[] run(Argon2Function function, String password, byte[] salt) {
        return function.hash(password.getBytes(StandardCharsets.UTF_8), salt).getBytes();
    }

    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=" + function.getVersion() + "$m=" + function.getMemory() + ",t=" + function.getIterations()
                + ",p=" + function.getParallelism() + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }
}
