package io.watchfloor.client.app;

import io.watchfloor.client.sync.rest.DeviceKey;
import io.watchfloor.document.DashboardId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What makes this device a wall screen: its key, and what it was enrolled as. It is kept in a file for its owner alone,
/// apart from everything else, so that a copy of the rest is worth nothing. Immutable.
///
/// @param name as the server calls it; empty until it is enrolled
/// @param dashboards that it shows, the first at its start
record KioskFile(Path file, URI server, DeviceKey key, String name, List<DashboardId> dashboards) {

    private static final int LINES = 4;

    KioskFile {
        dashboards = List.copyOf(dashboards);
    }

    /// What was kept; null where there is no such file.
    ///
    /// @throws IOException with a sentence, where it cannot be read
    static @Nullable KioskFile read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.size() < LINES) {
                throw new IllegalArgumentException("it is too short");
            }
            List<DashboardId> dashboards = Stream.of(lines.get(3).split(" ")).filter(id -> !id.isEmpty())
                    .map(DashboardId::parse).toList();
            return new KioskFile(file, URI.create(lines.get(0)), DeviceKey.of(lines.get(1)), lines.get(2), dashboards);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IllegalArgumentException e) {
            throw new IOException("The file " + file + " holds no key of a wall screen.", e);
        } catch (IOException e) {
            throw new IOException("The file " + file + " with the key of this wall screen cannot be read: "
                    + e.getMessage(), e);
        }
    }

    /// @throws IOException where it cannot be written
    void write() throws IOException {
        Path full = file.toAbsolutePath();
        new StateDirectory(Objects.requireNonNull(full.getParent())).write(full.getFileName().toString(),
                server + "\n" + key.text() + "\n"
                        + name + "\n" + dashboards.stream().map(DashboardId::toString).collect(Collectors.joining(" "))
                        + "\n");
    }

    boolean isEnrolled() {
        return !name.isEmpty();
    }

    @Override
    public String toString() {
        return "KioskFile[" + file + ", " + server + ", " + name + "]";
    }
}
