package io.watchfloor.benchmark.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// Keeps what a run logs off the console, and takes down as a broken promise what is logged as an error, for then
/// something failed that nobody had foreseen. Other threads log as ever.
///
/// Confined to its run's thread.
final class LogWatch implements AutoCloseable {

    private record Watched(Run.Violations violations, Story story) {}

    private static final ThreadLocal<@Nullable Watched> WATCHED = new ThreadLocal<>();

    static {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.addTurboFilter(new ServerLog());
        }
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFilter(
                    message -> pass(message.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue(),
                            message.getMessage(), message.getThrown()));
        }
    }

    static LogWatch begin(Run.Violations violations, Story story) {
        WATCHED.set(new Watched(violations, story));
        return new LogWatch();
    }

    @Override
    public void close() {
        WATCHED.remove();
    }

    private static boolean pass(boolean error, @Nullable String text, @Nullable Throwable fault) {
        Watched watched = WATCHED.get();
        if (watched == null) {
            return true;
        }
        if (text != null) {
            watched.story().tell(() -> "log: " + text + (fault == null ? "" : " " + fault));
        }
        if (error) {
            StringBuilder told = new StringBuilder().append(text).append(": ").append(fault);
            for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
                for (StackTraceElement line : cause.getStackTrace()) {
                    told.append("\n    at ").append(line);
                }
            }
            watched.violations().add("error-logged", told.toString());
        }
        return false;
    }

    private static final class ServerLog extends TurboFilter {

        @Override
        public FilterReply decide(@Nullable Marker marker, ch.qos.logback.classic.Logger logger, Level level,
                @Nullable String format, Object @Nullable [] parameters, @Nullable Throwable fault) {
            Throwable cause = fault;
            if (cause == null && parameters != null && parameters.length > 0
                    && parameters[parameters.length - 1] instanceof Throwable last) {
                cause = last;
            }
            return pass(level.isGreaterOrEqual(Level.ERROR) && format != null, format, cause)
                    ? FilterReply.NEUTRAL
                    : FilterReply.DENY;
        }
    }
}
