package io.watchfloor.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.app.Options.Command;
import io.watchfloor.client.theme.Theme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void everyOption_isRead_inBothForms() {
        Options options = started("--server", "wall.example:7470", "--open=This machine", "--theme", "light",
                "--state-dir", "/tmp/state", "--sign-in-code-file=/tmp/code", "--shot", "/tmp/a.png",
                "--keep-sign-in=file");
        assertThat(options).isEqualTo(new Options(URI.create("http://wall.example:7470"), Path.of("/tmp/code"),
                "This machine", Path.of("/tmp/state"), Theme.LIGHT, Path.of("/tmp/a.png")));
    }

    @Test
    void signIn_isKeptInTheKeyStore_whereNothingElseIsAsked() {
        assertThat(started().keepSignIn()).isEqualTo(KeepSignIn.KEYSTORE);
        assertThat(started("--keep-sign-in", "keystore").keepSignIn()).isEqualTo(KeepSignIn.KEYSTORE);
    }

    @Test
    void helpAndVersion_winOverEverythingBehindThem() {
        assertThat(Options.parse(List.of("--help", "--nonsense"))).isEqualTo(new Command.Help());
        assertThat(Options.parse(List.of("--version"))).isEqualTo(new Command.Version());
    }

    @Test
    void aWrongCommandLine_isToldInOneSentenceThatNamesTheOption() {
        assertThat(wrong("--nonsense")).isEqualTo("There is no option '--nonsense'. --help lists the options.");
        assertThat(wrong("--open")).isEqualTo("The option --open needs a value. --help lists the options.");
        assertThat(wrong("--theme", "pink"))
                .isEqualTo("--theme: There is no theme 'pink'. There are dark, light and control-room.");
        assertThat(wrong("--server", "ftp://x")).startsWith("--server: 'ftp://x' is not the address of a server.");
        assertThat(wrong("--keep-sign-in", "head"))
                .isEqualTo("--keep-sign-in: A sign-in is not kept in 'head', but in keystore or file.");
        assertThat(wrong("--shot", "a.png")).contains("--open TITLE");
    }

    private static Options started(String... arguments) {
        return ((Command.Start) Options.parse(List.of(arguments))).options();
    }

    private static String wrong(String... arguments) {
        return ((Command.Wrong) Options.parse(List.of(arguments))).sentence();
    }
}
