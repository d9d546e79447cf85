package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Invitation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InvitationsTest {

    private final AuthFixture auth = new AuthFixture();
    private final Invitations invitations = new Invitations(auth.store.factors(), auth.store, auth.accounts, auth.clock,
            auth.random);

    @AfterEach
    void close() {
        auth.close();
    }

    @Test
    void invitation_ACC32_isGoodForAsLongAsItsMakerIsAnAdministrator() {
        auth.accounts.add("boss", Role.ADMIN, "quite a secret", false);
        String code = invitations.make(null, Role.ADMIN, List.of(), Duration.ofDays(1), "boss").code();
        Invitation made = Objects.requireNonNull(invitations.find(code));
        auth.accounts.changeDisabled("boss", true);
        assertThat(invitations.find(code)).as("its maker is disabled").isNull();
        assertThat(invitations.isGood(made)).isFalse();
        auth.accounts.changeDisabled("boss", false);
        assertThat(invitations.find(code)).isNotNull();
        auth.accounts.changeRole("boss", Role.EDITOR);
        assertThat(invitations.find(code)).as("its maker is an editor").isNull();
        assertThat(invitations.isGood(made)).isFalse();
    }
}
