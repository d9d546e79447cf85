package io.watchfloor.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.client.app.Options.Command;
import io.watchfloor.client.sync.rest.DeviceKey;
import io.watchfloor.document.DashboardId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KioskFileTest {

    private static final URI SERVER = URI.create("https://wall.example");

    @TempDir
    Path folder = Path.of("");

    @Test
    void keyFile_ACC41_comesBack_andIsForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("device").resolve("kiosk.key");
        KioskFile made = new KioskFile(file, SERVER, DeviceKey.make(), "lobby",
                List.of(new DashboardId(UUID.randomUUID()), new DashboardId(UUID.randomUUID())));
        made.write();
        KioskFile read = Objects.requireNonNull(KioskFile.read(file));
        assertThat(read.key().text()).isEqualTo(made.key().text());
        assertThat(read.server()).isEqualTo(SERVER);
        assertThat(read.name()).isEqualTo("lobby");
        assertThat(read.dashboards()).isEqualTo(made.dashboards());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(made.toString()).doesNotContain(made.key().text());
    }

    @Test
    void wallScreen_ACC41_withoutItsKey_doesNotStart() throws Exception {
        Path file = folder.resolve("kiosk.key");
        assertThat(KioskEntrance.problemOf(new Options.Kiosk(file, null))).contains("There is no key of a wall screen")
                .contains("--kiosk-code-file");
        assertThat(WindowedProgram.run(new Options(SERVER, null, null, folder, null, null)
                .as(new Options.Kiosk(file, null)))).isEqualTo(WindowedProgram.FAILED);
        assertThat(KioskEntrance.problemOf(new Options.Kiosk(file, folder.resolve("no code")))).contains("no code");
        Files.writeString(file, "https://wall.example\nnonsense\nlobby\n\n");
        assertThatThrownBy(() -> KioskFile.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining("holds no key");
        assertThat(KioskEntrance.problemOf(new Options.Kiosk(file, null))).contains("holds no key");
    }

    @Test
    void options_tellWhereTheKeyIs() {
        Options options = ((Command.Start) Options.parse(List.of("--kiosk-code-file", "/tmp/code", "--kiosk",
                "/etc/kiosk.key"))).options();
        assertThat(options.kiosk()).isEqualTo(new Options.Kiosk(Path.of("/etc/kiosk.key"), Path.of("/tmp/code")));
        assertThat(Options.parse(List.of("--kiosk-code-file", "/tmp/code"))).isInstanceOf(Command.Wrong.class);
    }
}
