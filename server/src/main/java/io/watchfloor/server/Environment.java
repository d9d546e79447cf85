package io.watchfloor.server;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The `WATCHFLOOR_*` variables: each long option has one, and secrets have nothing but theirs. Immutable.
final class Environment implements IDefaultValueProvider {

    static final String DATABASE_USER = "WATCHFLOOR_DATABASE_USER";
    static final String DATABASE_PASSWORD = "WATCHFLOOR_DATABASE_PASSWORD";
    static final String DATABASE_OWNER_USER = "WATCHFLOOR_DATABASE_OWNER_USER";
    static final String DATABASE_OWNER_PASSWORD = "WATCHFLOOR_DATABASE_OWNER_PASSWORD";
    static final String ADMIN_PASSWORD = "WATCHFLOOR_ADMIN_PASSWORD";
    static final String TLS_PASSWORD = "WATCHFLOOR_TLS_PASSWORD";

    private static final String PREFIX = "WATCHFLOOR_";
    private static final Set<String> SECRETS = Set.of(DATABASE_USER, DATABASE_PASSWORD, DATABASE_OWNER_USER,
            DATABASE_OWNER_PASSWORD, ADMIN_PASSWORD, TLS_PASSWORD);
    private static final Set<String> OPTIONS = Set.of("WATCHFLOOR_LISTEN", "WATCHFLOOR_METRICS_LISTEN",
            "WATCHFLOOR_DATA_DIR", "WATCHFLOOR_INSTANCE", "WATCHFLOOR_DATABASE_URL", "WATCHFLOOR_KEY_FILE",
            "WATCHFLOOR_ALLOW_UNSAFE_DATABASE",
            "WATCHFLOOR_REDIS_URL", "WATCHFLOOR_RETENTION_DAYS", "WATCHFLOOR_HISTORY_DAYS", "WATCHFLOOR_SIGN_IN_CODE",
            "WATCHFLOOR_READY_FILE",
            "WATCHFLOOR_INSECURE_HTTP", "WATCHFLOOR_TLS_CERTIFICATE", "WATCHFLOOR_TLS_KEY", "WATCHFLOOR_PROXY",
            "WATCHFLOOR_ORIGIN", "WATCHFLOOR_LIMIT", "WATCHFLOOR_SECOND_FACTOR_OPTIONAL", "WATCHFLOOR_LOG_FORMAT",
            "WATCHFLOOR_LOG_LEVEL");
    /// What Kubernetes sets in every container where a service is called "watchfloor".
    private static final Pattern KUBERNETES = Pattern
            .compile("WATCHFLOOR_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP)(_.*)?)?)");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /// A variable; null where it is not set or empty.
    @Nullable
    String get(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// What is wrong with the names of the variables, as a sentence; null where nothing is.
    @Nullable
    String unknown() {
        Set<String> unknown = new TreeSet<>();
        for (String name : variables.keySet()) {
            if (name.startsWith(PREFIX) && !SECRETS.contains(name) && !OPTIONS.contains(name)
                    && !KUBERNETES.matcher(name).matches()) {
                unknown.add(name);
            }
        }
        if (unknown.isEmpty()) {
            return null;
        }
        return (unknown.size() == 1 ? "The environment variable " : "The environment variables ")
                + String.join(", ", unknown) + (unknown.size() == 1 ? " is" : " are")
                + " not known; \"" + Main.PROGRAM + " serve --help\" tells which there are.";
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        String variable = variableOf(argument);
        return variable != null && OPTIONS.contains(variable) ? get(variable) : null;
    }

    private static @Nullable String variableOf(@Nullable ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? PREFIX + option.longestName().replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT)
                : null;
    }

    /// The message of a mistake as a sentence, which names the variable where the value came from one.
    String sentence(ParameterException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
        String variable = variableOf(e.getArgSpec());
        String value = variable == null ? null : get(variable);
        if (value != null && value.equals(e.getValue())) {
            message = message.replaceFirst("for option '[^']*'( \\([^)]*\\))?", "for the environment variable "
                    + variable);
        }
        return message.endsWith(".") ? message : message + ".";
    }
}
