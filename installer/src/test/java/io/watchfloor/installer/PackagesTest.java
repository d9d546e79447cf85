package io.watchfloor.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unpacks what was packaged and starts it. Confined to its test.
class PackagesTest {

    private static final String VERSION = property("watchfloor.version");
    private static final Path PACKAGES = Path.of(property("watchfloor.packages"));
    private static final Path IMAGE = Path.of(property("watchfloor.image"));

    @TempDir
    Path folder = Path.of("never");

    @Test
    void desktopImage_answersVersion() {
        Path program = Stream.of("bin/watchfloor", "watchfloor.exe", "Contents/MacOS/watchfloor").map(IMAGE::resolve)
                .filter(Files::exists).findFirst().orElseThrow();

        answersVersion(Program.run(program.toString(), "--version"));
    }

    @Test
    void deb_unpacked_answersVersionOnItsOwnRuntime() throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/fakeroot")), "a DEB is made only where fakeroot is installed");
        Program unpacked = Program.run("dpkg-deb", "--extract", onePackage(".deb").toString(), folder.toString());
        assertThat(unpacked.exitCode()).as(unpacked.output()).isZero();
        Path home = folder.resolve("opt/watchfloor");

        assertThat(home.resolve("lib/runtime/lib/modules")).exists();
        assertThat(home.resolve("lib/watchfloor-watchfloor.desktop")).exists();
        answersVersion(Program.run(Map.of("JAVA_HOME", "/nowhere", "PATH", "/nowhere"),
                List.of(home.resolve("bin/watchfloor").toString(), "--version")));
    }

    @Test
    void serverDistribution_unpacked_answersVersionAndHelp() throws IOException {
        Program unpacked = Program.run("tar", "-xzf", onePackage(".tar.gz").toString(), "-C", folder.toString());
        assertThat(unpacked.exitCode()).as(unpacked.output()).isZero();
        String script = folder.resolve("watchfloor-server-" + VERSION + "/bin/watchfloor-server").toString();
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));

        answersVersion(Program.run(environment, List.of(script, "--version")));
        Program help = Program.run(environment, List.of(script, "--help"));
        assertThat(help.exitCode()).as(help.output()).isZero();
        assertThat(help.output()).contains("serve");
    }

    @Test
    void packagedDesktop_showsLiveDataOfThePackagedServer() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only here the programs lie in bin/");
        assertThat(Program.run("tar", "-xzf", onePackage(".tar.gz").toString(), "-C", folder.toString()).exitCode())
                .isZero();
        Path ready = folder.resolve("ready");
        Path code = folder.resolve("code");
        Path picture = folder.resolve("picture.png");
        // as root the embedded database runs as another user, who must get through to its folder
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        ProcessBuilder builder = new ProcessBuilder(
                folder.resolve("watchfloor-server-" + VERSION + "/bin/watchfloor-server").toString(), "serve",
                "--listen", "127.0.0.1:0", "--data-dir", folder.resolve("data").toString(),
                "--ready-file", ready.toString(), "--sign-in-code", "admin=" + code);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile());
        Process server = builder.start();
        try {
            await().atMost(Duration.ofMinutes(5)).until(() -> Files.exists(ready) || !server.isAlive());
            assertThat(ready).as(Files.readString(folder.resolve("server.log"))).exists();

            Program desktop = Program.run(
                    Map.of("JAVA_TOOL_OPTIONS", "-Dglass.platform=Headless -Dprism.order=sw"),
                    List.of(IMAGE.resolve("bin/watchfloor").toString(), "--server", Files.readString(ready).strip(),
                            "--sign-in-code-file", code.toString(), "--state-dir", folder.resolve("state").toString(),
                            "--keep-sign-in", "file", "--open", "This machine", "--shot", picture.toString()));

            assertThat(desktop.exitCode()).as(desktop.output()).isZero();
            assertThat(picture).isNotEmptyFile();
            assertThat(code).doesNotExist();
        } finally {
            server.destroy();
            assertThat(server.waitFor(5, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void serverJar_saysWhichJavaItNeeds_onAnOlderOne() throws IOException {
        Path java = Path.of(property("watchfloor.maven.java"));
        String release = Files.readString(java.resolve("release"));
        assumeTrue(release.matches("(?s).*JAVA_VERSION=\"(1\\.\\d|9|1\\d|2[0-4])\\b.*"), "no older Java at hand");

        Program old = Program.run(java.resolve("bin/java").toString(), "-jar", property("watchfloor.server.jar"),
                "serve");

        assertThat(old.exitCode()).isEqualTo(1);
        assertThat(old.output().lines()).singleElement().asString().contains("needs Java 25 or newer");
    }

    private static void answersVersion(Program program) {
        assertThat(program.exitCode()).as(program.output()).isZero();
        assertThat(program.output()).contains(VERSION);
    }

    private static Path onePackage(String ending) throws IOException {
        try (Stream<Path> files = Files.list(PACKAGES)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
