package io.watchfloor.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.outbox.Outbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisabledAccountTest {

    private static String sentence(int unsent, Path... left) {
        return DisabledAccount.sentence("anna", new Outbox.Discarded(unsent, List.of(left)));
    }

    @Test
    void sentence_OFF4_tellsThatAllIsErased_andHowManyEditsWithIt() {
        assertThat(sentence(0)).isEqualTo("The account 'anna' was disabled by an administrator."
                + " What was kept for it on this computer is erased.");
        assertThat(sentence(1)).endsWith("is erased, with 1 edit that had not reached the server.");
        assertThat(sentence(3)).endsWith("is erased, with 3 edits that had not reached the server.");
    }

    @Test
    void sentence_OFF4_namesWhatCouldNotBeErased() {
        assertThat(sentence(0, Path.of("a.mv"), Path.of("b.mv")))
                .endsWith("is erased. Not all could be erased; delete it yourself: a.mv, b.mv.");
    }
}
