package io.watchfloor.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.theme.Theme;
import io.watchfloor.protocol.rest.Device;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

    private static final URI WALL = URI.create("https://wall.example");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    @Test
    void settings_areThereAtTheNextStart() throws IOException {
        Settings first = new Settings(directory());
        first.theme(Theme.LIGHT);
        first.signedIn(WALL.toString(), "anna");
        first.editing(false);

        Settings second = new Settings(directory());

        assertThat(second.theme()).isEqualTo(Theme.LIGHT);
        assertThat(second.server()).contains(WALL.toString());
        assertThat(second.account()).contains("anna");
        assertThat(second.editing()).isFalse();
    }

    @Test
    void settingsThatCannotBeRead_countAsNone() throws IOException {
        StateDirectory directory = directory();
        Files.write(directory.file("settings"), new byte[]{(byte) 0xff, '\\', 'u', 'x'});

        assertThat(new Settings(directory).theme()).isEqualTo(Theme.DARK);
    }

    @Test
    void device_CLI94_hasAKeyForEachServer_whichStaysTheSame() throws IOException {
        Device first = ThisDevice.of(directory()).at(WALL);

        assertThat(ThisDevice.of(directory()).at(WALL)).isEqualTo(first);
        assertThat(first.key()).hasSizeBetween(16, 128)
                .isNotEqualTo(ThisDevice.of(directory()).at(URI.create("https://other.example")).key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory().file("device"))))
                .isEqualTo("rw-------");
        Files.writeString(directory().file("device"), "");
        assertThat(ThisDevice.of(directory()).at(WALL).key()).isNotEqualTo(first.key());
    }

    private StateDirectory directory() throws IOException {
        return new StateDirectory(temp.resolve("state"));
    }
}
