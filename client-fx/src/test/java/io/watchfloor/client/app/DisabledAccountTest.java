package io.watchfloor.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisabledAccountTest {

    @Test
    void sentence_OFF4_tellsWhatIsErasedAndWhatBecomesOfEdits() {
        assertThat(DisabledAccount.sentence("anna", 0)).isEqualTo("The account 'anna' was disabled by an administrator."
                + " The dashboards that were kept for it on this computer are erased.");
        assertThat(DisabledAccount.sentence("anna", 1)).endsWith("1 edit that was not sent stays here, and is sent when"
                + " the account is enabled again and you sign in on this computer.");
        assertThat(DisabledAccount.sentence("anna", 3)).contains("3 edits that were not sent stay here, and are sent");
    }
}
