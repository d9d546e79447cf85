package io.watchfloor.client.view.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeopleTest {

    @Test
    void initials_areTheFirstLettersOfTwoWords_elseTheFirstTwoLetters() {
        assertThat(People.initials("anna")).isEqualTo("AN");
        assertThat(People.initials("anna.berg")).isEqualTo("AB");
        assertThat(People.initials("Anna Maria Berg")).isEqualTo("AM");
        assertThat(People.initials("x")).isEqualTo("X");
        assertThat(People.initials(" - ")).isEqualTo("?");
        assertThat(People.initials("𝒜nna")).isEqualTo("𝒜N");
    }
}
