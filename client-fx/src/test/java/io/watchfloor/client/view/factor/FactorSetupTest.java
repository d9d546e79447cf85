package io.watchfloor.client.view.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.factor.FactorSetup.Step;
import io.watchfloor.client.view.signin.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorSetupTest {

    private final FakeFactor factor = new FakeFactor();
    private Outcome<String> end = new Outcome.Ok<>("in");
    private int finished;
    private final FactorSetup setup = new FactorSetup(factor, new Pause(() -> 0), () -> {
        finished++;
        return CompletableFuture.completedFuture(end);
    });

    @Test
    void aPasswordTypedAMomentAgo_isNotAskedForAgain() {
        setup.begin(FakeFactor.PASSWORD);

        assertThat(setup.stepProperty().get()).isEqualTo(new Step.Scan(FakeFactor.ENROLMENT));
        assertThat(setup.passwordProperty().get()).isEmpty();
    }

    @Test
    void withoutAKnownPassword_itIsAskedFor_andAWrongOneIsTold() {
        setup.begin("");
        setup.submit();
        assertThat(setup.errorProperty().get()).isEqualTo("Enter your password.");

        setup.passwordProperty().set("wrong");
        setup.submit();
        assertThat(setup.errorProperty().get()).isEqualTo("The password is wrong.");
        assertThat(setup.stepProperty().get()).isEqualTo(new Step.Password());
    }

    @Test
    void aCodeThatIsNone_isNotSent_andAWrongOneLeavesTheSecretAsItIs() {
        setup.begin(FakeFactor.PASSWORD);
        setup.codeProperty().set("12345");
        setup.submit();
        assertThat(setup.errorProperty().get()).startsWith("Enter the six digits");

        setup.codeProperty().set("654321");
        setup.submit();
        assertThat(setup.errorProperty().get()).isEqualTo("The code is not the one.");
        assertThat(setup.stepProperty().get()).isEqualTo(new Step.Scan(FakeFactor.ENROLMENT));
    }

    @Test
    void theRightCode_leadsToTheRecoveryCodes_andOnlyThoseThatAreKeptLeadOn() {
        setup.begin(FakeFactor.PASSWORD);
        setup.codeProperty().set("123 456");
        setup.submit();
        assertThat(setup.stepProperty().get()).isEqualTo(new Step.Codes(FakeFactor.CODES));
        assertThat(finished).isZero();

        end = new Outcome.Unreachable<>("No server answers at wall.");
        setup.submit();
        assertThat(setup.errorProperty().get()).isEqualTo("No server answers at wall.");
        end = new Outcome.Ok<>("in");
        setup.submit();
        assertThat(finished).isEqualTo(2);
        assertThat(setup.errorProperty().get()).isEmpty();
    }

    @Test
    void recoveryCodes_areSavedForTheirOwnerAlone(@TempDir Path directory) throws IOException {
        CodeSheet sheet = new CodeSheet("anna", "https://wall.example", FakeFactor.CODES);
        Path file = directory.resolve(sheet.fileName());
        sheet.save(file);

        assertThat(file).hasFileName("watchfloor-recovery-codes-anna.txt");
        assertThat(Files.readString(file)).startsWith("Recovery codes of anna for Watchfloor at https://wall.example.")
                .contains(FakeFactor.CODES);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
        assertThat(sheet.toString()).doesNotContain(FakeFactor.CODES.getFirst());
    }

    @Test
    void theKey_isGroupedForReadingOut() {
        assertThat(FactorSetupView.grouped("ABCDEFGH")).isEqualTo("ABCD EFGH");
        assertThat(FactorSetupView.grouped("ABCDEFGHIJ")).isEqualTo("ABCD EFGH IJ");
    }

    /// Every dark module is drawn, and no light one: the path is painted again and compared.
    @Test
    void picture_hasTheModulesOfTheCode() {
        QrCode code = QrCode.encodeText(FakeFactor.ENROLMENT.uri(), QrCode.Ecc.MEDIUM);
        boolean[][] drawn = new boolean[code.size][code.size];
        for (String part : QrPicture.path(code).split("z", 0)) {
            String[] numbers = part.substring(1).split("[ hv]", 0);
            int x = Integer.parseInt(numbers[0]) / 4;
            int y = Integer.parseInt(numbers[1]) / 4;
            for (int i = 0; i < Integer.parseInt(numbers[2]) / 4; i++) {
                drawn[y][x + i] = true;
            }
        }
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                assertThat(drawn[y][x]).isEqualTo(code.getModule(x, y));
            }
        }
    }
}
