package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.store.AccountChange;
import io.watchfloor.server.store.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SecondFactorTest {

    private static final Device HERE = new Device(null, "", "127.0.0.1");
    private static final String PASSWORD = "correct horse";

    private final AuthFixture auth = new AuthFixture();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        auth.close();
    }

    @Test
    void signIn_ACC20_asksForACode_onceTheFactorIsConfirmed() throws Exception {
        FactorEnrolment enrolment = auth.factors.begin("alice");
        assertThat(enrolment.uri()).isEqualTo("otpauth://totp/Watchfloor:alice?secret=" + enrolment.secret()
                + "&issuer=Watchfloor&algorithm=SHA1&digits=6&period=30");
        assertThat(signIn(null)).as("not confirmed yet").isInstanceOf(SignInResult.SignedIn.class);
        assertThat(auth.factors.confirm("alice", "000000x")).isNull();
        assertThat(auth.factors.confirm("alice", code(enrolment, 0))).hasSize(10);
        auth.clock.advance(Duration.ofSeconds(30));
        assertThat(signIn(null)).isEqualTo(new SignInResult.CodeNeeded());
        assertThat(auth.withPassword("alice", "wrong", code(enrolment, 0), HERE))
                .as("a code without the password tells nothing").isEqualTo(new SignInResult.Wrong());
        assertThat(signIn("123")).isEqualTo(new SignInResult.WrongCode());
        assertThat(signIn(code(enrolment, 0))).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void code_ACC21_worksOnce_andIsGoodForHalfAMinuteBeforeAndAfter() throws Exception {
        FactorEnrolment enrolment = enrolled();
        auth.clock.advance(Duration.ofMinutes(5));
        assertThat(signIn(code(enrolment, -2))).isEqualTo(new SignInResult.WrongCode());
        assertThat(signIn(code(enrolment, -1))).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(signIn(code(enrolment, -1))).isEqualTo(new SignInResult.WrongCode());
        String now = code(enrolment, 0);
        assertThat(signIn(now)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(signIn(now)).isEqualTo(new SignInResult.WrongCode());
        assertThat(signIn(code(enrolment, 2))).isEqualTo(new SignInResult.WrongCode());
    }

    @Test
    void recoveryCode_ACC22_takesThePlaceOfACode_once_andOnlyHashesAreKept() throws Exception {
        FactorEnrolment enrolment = auth.factors.begin("alice");
        List<String> codes = Objects.requireNonNull(auth.factors.confirm("alice", code(enrolment, 0)));
        assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("([A-Z2-7]{4}-){5}[A-Z2-7]{4}"));
        String typed = codes.getFirst().replace("-", " ").toLowerCase(java.util.Locale.ROOT);
        assertThat(signIn(typed)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(signIn(codes.getFirst())).isEqualTo(new SignInResult.WrongCode());
        assertThat(auth.factors.state("alice", Role.EDITOR).recoveryCodes()).isEqualTo(9);
        List<String> renewed = auth.factors.renewCodes("alice");
        assertThat(signIn(codes.getLast())).isEqualTo(new SignInResult.WrongCode());
        assertThat(signIn(renewed.getLast())).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void secretsAndCodes_ACC22_areLongAndNeverTheSame() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            FactorEnrolment enrolment = auth.factors.begin("alice");
            assertThat(seen.add(enrolment.secret())).isTrue();
            assertThat(TestAuthenticator.decoded(enrolment.secret())).as("160 bits").hasSize(20);
            List<String> codes = Objects.requireNonNull(auth.factors.confirm("alice", code(enrolment, 0)));
            assertThat(codes).allMatch(seen::add).as("24 letters of 5 bits").allMatch(
                    code -> code.replace("-", "").length() == 24);
            auth.clock.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    void resetPassword_ACC27_leavesTheFactor() throws Exception {
        FactorEnrolment enrolment = enrolled();
        auth.clock.advance(Duration.ofMinutes(1));
        assertThat(auth.accounts.resetPassword("alice", auth.accounts.hashed("made for you"))).isTrue();
        assertThat(auth.withPassword("alice", "made for you", null, HERE))
                .isEqualTo(new SignInResult.CodeNeeded());
        assertThat(tokens(auth.withPassword("alice", "made for you", code(enrolment, 0), HERE))
                .mustChangePassword()).isTrue();
    }

    @Test
    void role_ACC23_thatHasToHaveAFactor_opensNothingElseUntilThereIsOne() throws Exception {
        auth.accounts.add("boss", Role.ADMIN, PASSWORD, false);
        Tokens due = tokens(auth.withPassword("boss", PASSWORD, HERE));
        assertThat(due.mustAddSecondFactor()).isTrue();
        auth.rights.refresh();
        assertThat(Objects.requireNonNull(auth.authenticator.authenticate(due.accessToken())).mustAddSecondFactor())
                .isTrue();
        FactorEnrolment enrolment = auth.factors.begin("boss");
        auth.factors.confirm("boss", code(enrolment, 0));
        assertThat(tokens(auth.signIns.renew(due.refreshToken(), HERE)).mustAddSecondFactor()).isFalse();
        auth.factors.requireFor(Set.of(Role.ADMIN, Role.EDITOR));
        assertThat(tokens(signIn(null)).mustAddSecondFactor()).as("alice, an editor").isTrue();
        auth.factors.requireFor(Set.of());
        assertThat(tokens(signIn(null)).mustAddSecondFactor()).isFalse();
        assertThat(auth.factors.requiredRoles()).isEmpty();
    }

    /// Whatever the tokens say that were given before.
    @Test
    void factorThatBecomesDue_ACC28_holdsAtOnce_andIsOverAtOnce() throws Exception {
        Tokens before = tokens(signIn(null));
        Caller editor = Objects.requireNonNull(auth.authenticator.authenticate(before.accessToken()));
        assertThat(editor.mustAddSecondFactor()).isFalse();
        assertThat(auth.accounts.changeRole("alice", Role.ADMIN)).isEqualTo(AccountChange.DONE);
        auth.rights.refresh();
        assertDue(before, editor, true);
        auth.accounts.changeRole("alice", Role.EDITOR);
        auth.rights.refresh();
        assertDue(before, editor, false);
        auth.factors.requireFor(Set.of(Role.ADMIN, Role.EDITOR));
        auth.rights.refresh();
        assertDue(before, editor, true);
        enrolled();
        auth.rights.refresh();
        assertDue(before, editor, false);
        auth.factors.remove("alice");
        auth.rights.refresh();
        assertDue(before, editor, true);
        TokenAuthenticator optional = new TokenAuthenticator(auth.accessTokens, auth.rights,
                new TokenUses(auth.store.tokens(), auth.clock), auth.clock, true);
        assertThat(Objects.requireNonNull(optional.authenticate(before.accessToken())).mustAddSecondFactor()).isFalse();
    }

    private void assertDue(Tokens tokens, Caller session, boolean due) {
        assertThat(Objects.requireNonNull(auth.authenticator.authenticate(tokens.accessToken())).mustAddSecondFactor())
                .isEqualTo(due);
        assertThat(auth.authenticator.standing(session))
                .isInstanceOf(due ? Standing.FactorDue.class : Standing.Good.class);
    }

    @Test
    void secretThatIsNew_ACC29_waitsTenMinutesForItsConfirmation() throws Exception {
        FactorEnrolment enrolment = auth.factors.begin("alice");
        auth.clock.advance(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(auth.signIns.checkPending("alice", code(enrolment, 0))).isEqualTo(new SignInResult.WrongCode());
        assertThat(auth.factors.confirm("alice", code(enrolment, 0))).isNull();
        FactorEnrolment again = auth.factors.begin("alice");
        auth.clock.advance(Duration.ofMinutes(10));
        assertThat(auth.signIns.checkPending("alice", code(again, 0))).isInstanceOf(SignInResult.Unfit.class);
        assertThat(auth.factors.confirm("alice", code(again, 0))).hasSize(10);
    }

    @Test
    void guessesAtAConfirmation_ACC25_countLikeThoseAtASignIn() {
        auth.factors.begin("alice");
        SignInResult result = new SignInResult.WrongCode();
        int guesses = 0;
        while (!(result instanceof SignInResult.Later) && guesses < 100) {
            result = auth.signIns.checkPending("alice", "000000");
            guesses++;
        }
        assertThat(guesses).isLessThanOrEqualTo(12);
    }

    @Test
    void codeOfTheServersMachine_ACC24_isNotHeldUpByAFactorThatIsDue() throws Exception {
        auth.accounts.add("boss", Role.ADMIN, PASSWORD, false);
        Path file = folder.resolve("code");
        auth.accounts.writeCode(Objects.requireNonNull(auth.accounts.find("boss")), file);
        Tokens tokens = tokens(auth.withCode(Files.readString(file), HERE));
        assertThat(tokens.mustAddSecondFactor()).isFalse();
        assertThat(tokens(auth.signIns.renew(tokens.refreshToken(), HERE)).mustAddSecondFactor()).isFalse();
        auth.rights.refresh();
        assertThat(Objects.requireNonNull(auth.authenticator.authenticate(tokens.accessToken())).mustAddSecondFactor())
                .isFalse();
    }

    @Test
    void guessesOfACode_ACC25_areFewForAnAccount_whereverTheyComeFrom() throws Exception {
        enrolled();
        SignInResult result = new SignInResult.CodeNeeded();
        int guesses = 0;
        while (!(result instanceof SignInResult.Later) && guesses < 100) {
            result = auth.withPassword("alice", PASSWORD, "000000", new Device(null, "", "10.0.0." + guesses));
            guesses++;
        }
        assertThat(guesses).isLessThanOrEqualTo(12);
    }

    @Test
    void secret_ACC26_isKeptSealed_forItsAccountOnly() {
        SecretBox box = new SecretBox(auth.keys, auth.random);
        byte[] secret = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] sealed = box.seal(secret, "alice");
        assertThat(sealed).isNotEqualTo(box.seal(secret, "alice"));
        assertThat(box.open(sealed, "alice")).isEqualTo(secret);
        assertThatThrownBy(() -> box.open(sealed, "bob")).isInstanceOf(IllegalStateException.class);
        FactorEnrolment enrolment = auth.factors.begin("alice");
        byte[] kept = Objects.requireNonNull(
                Objects.requireNonNull(auth.factorStore.secondFactor("alice")).pending());
        assertThat(kept).hasSize(12 + 20 + 16);
        assertThat(new String(kept, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(
                new String(TestAuthenticator.decoded(enrolment.secret()),
                        java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private FactorEnrolment enrolled() throws Exception {
        FactorEnrolment enrolment = auth.factors.begin("alice");
        assertThat(auth.factors.confirm("alice", code(enrolment, 0))).isNotNull();
        return enrolment;
    }

    private SignInResult signIn(@Nullable String code) {
        return auth.withPassword("alice", PASSWORD, code, HERE);
    }

    private static Tokens tokens(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
        return ((SignInResult.SignedIn) result).tokens();
    }

    /// What an authenticator shows, some steps from now.
    private String code(FactorEnrolment enrolment, int steps) {
        return TestAuthenticator.code(enrolment.secret(), auth.clock.instant().plusSeconds(30L * steps));
    }
}
