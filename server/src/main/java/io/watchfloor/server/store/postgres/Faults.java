package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/// What a fault of the database means, as a sentence for the operator.
final class Faults {

    private Faults() {}

    /// Of a fault while opening.
    static StoreException opening(DatabaseAddress address, SQLException fault) {
        String user = address.user() == null ? "" : " \"" + address.user() + "\"";
        String sentence = switch (state(fault)) {
            case "28P01" -> "The database %s refused the password of the user%s.".formatted(address, user);
            case "28000" -> "The database %s does not let the user%s in: %s".formatted(address, user, reason(fault));
            case "3D000" -> "There is no such database: %s. Create it, or correct the URL.".formatted(address);
            case "42501" -> "The database user%s lacks a right on %s: %s".formatted(user, address, reason(fault));
            case "53300" -> "The database %s has no connection left: %s".formatted(address, reason(fault));
            case "57P03" -> "The database %s is starting up or stopping; try again in a moment.".formatted(address);
            case String state when isConnectionLost(state) -> "The database %s cannot be reached: %s"
                    .formatted(address, reason(fault));
            case String _ -> "The database %s cannot be used: %s".formatted(address, reason(fault));
        };
        return new StoreException(sentence, fault);
    }

    /// Of a fault while serving.
    static StoreException serving(DatabaseAddress address, Throwable fault) {
        SQLException sql = sqlCause(fault);
        if (sql instanceof SQLTransientConnectionException) {
            return new StoreException(
                    "No connection to the database %s came free in time; nothing was changed.".formatted(address),
                    fault);
        }
        if (sql != null && isConnectionLost(state(sql))) {
            return new StoreException("The connection to the database %s is lost: %s".formatted(address, reason(sql)),
                    fault);
        }
        return new StoreException("The database %s answered with a fault: %s".formatted(address,
                reason(sql == null ? fault : sql)), fault);
    }

    /// Whether a fault leaves open what became of a statement that was sent.
    static boolean isConnectionLost(SQLException fault) {
        return isConnectionLost(state(fault));
    }

    static @Nullable SQLException sqlCause(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /// Class 08 is the connection, 57P01 to 57P03 a database that stops or has crashed.
    private static boolean isConnectionLost(String state) {
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57P0");
    }

    private static String state(SQLException fault) {
        String state = fault.getSQLState();
        return state == null ? "" : state;
    }

    /// The first line of the message, without the driver's advice and the server's "FATAL:".
    private static String reason(Throwable fault) {
        String message = fault.getMessage();
        if (message == null || message.isBlank()) {
            return fault.getClass().getSimpleName();
        }
        return message.lines().findFirst().orElse("").replaceFirst("^(FATAL|ERROR): ", "")
                .replaceFirst(" Check that the hostname and port are correct.*", "").strip();
    }
}
