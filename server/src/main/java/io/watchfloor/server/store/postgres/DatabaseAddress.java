package io.watchfloor.server.store.postgres;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Where a database is, and who connects to it. Immutable.
///
/// @param url as JDBC has it: `jdbc:postgresql://host:port/database`
/// @param user absent where the URL or the environment of the driver names one
/// @param password never part of a message
public record DatabaseAddress(String url, @Nullable String user, @Nullable String password) {

    /// User and password as the JDBC driver takes them.
    Properties credentials() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /// The URL without its parameters, which may hold a password.
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
