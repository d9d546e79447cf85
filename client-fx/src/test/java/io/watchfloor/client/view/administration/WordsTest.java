package io.watchfloor.client.view.administration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void people_areCounted_andThoseWhoCannotSignInWhereThereAreSome() {
        assertThat(Words.people(1, 1)).isEqualTo("1 person");
        assertThat(Words.people(5, 5)).isEqualTo("5 people");
        assertThat(Words.people(5, 4)).isEqualTo("5 people, 4 of them can sign in");
    }

    @Test
    void doer_isAnAccount_orTheCommandLine_orNobodyWhoIsKnown() {
        assertThat(Words.doer("anna", "10.0.0.1")).isEqualTo("anna");
        assertThat(Words.doer(null, "command line of root")).isEqualTo("Command line");
        assertThat(Words.doer(null, null)).isEqualTo("Command line");
        assertThat(Words.doer(null, "10.0.0.1")).isEqualTo("Not signed in");
    }
}
