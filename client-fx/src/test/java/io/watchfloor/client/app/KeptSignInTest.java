package io.watchfloor.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.watchfloor.protocol.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeptSignInTest {

    private static final URI WALL = URI.create("https://wall.example");
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration GUARD = Duration.ofSeconds(50);
    /// For a key store that answers, however slow the machine is.
    private static final SignInPlaces.Patience PATIENT = new SignInPlaces.Patience(LONG, LONG);
    /// For one that does not.
    private static final SignInPlaces.Patience SHORT = new SignInPlaces.Patience(Duration.ofMillis(200),
            Duration.ofMillis(200));

    private static final boolean REAL = Boolean.parseBoolean(System.getenv("WATCHFLOOR_TEST_KEY_STORE"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    private final MemoryStore store = new MemoryStore();

    @AfterEach
    void letGo() {
        store.stuck.countDown();
    }

    @Test
    void signIn_CLI95_liesInTheKeyStore_andNotInTheFile() throws IOException {
        KeptSignIn kept = keeper(KeepSignIn.KEYSTORE).at(WALL);

        keep(kept, "secret-1");
        keep(kept, "secret-2");

        assertThat(store.kept.values()).singleElement().asString().contains("secret-2").doesNotContain("secret-1");
        assertThat(files()).isNotEmpty().noneMatch(text -> text.contains("secret") || text.contains("anna"));
        assertThat(find(keeper(KeepSignIn.KEYSTORE).at(WALL)).kept())
                .isEqualTo(new KeptSignIn.Kept("secret-2", new KeptSignIn.Who("anna", Role.EDITOR)));
        assertThat(keeper(KeepSignIn.KEYSTORE).at(URI.create("https://other.example")).known()).isFalse();
    }

    @Test
    void signIn_CLI95_liesInAFileForItsOwnerAlone_whereTheKeyStoreRefuses() throws IOException {
        store.refuses = true;
        KeptSignIn kept = keeper(KeepSignIn.KEYSTORE).at(WALL);

        keep(kept, "secret-1");

        assertThat(store.kept).isEmpty();
        assertThat(find(kept).kept())
                .isEqualTo(new KeptSignIn.Kept("secret-1", new KeptSignIn.Who("anna", Role.EDITOR)));
        try (Stream<Path> files = Files.list(temp.resolve("state"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
        assertThat(keeper(KeepSignIn.KEYSTORE).at(URI.create("https://other.example")).known()).isFalse();
    }

    @Test
    void signIn_CLI95_movesFromTheFileIntoTheKeyStore_atTheNextRenewal() throws IOException {
        KeptSignIn kept = keeper(KeepSignIn.KEYSTORE).at(WALL);
        store.refuses = true;
        keep(kept, "secret-1");
        store.refuses = false;

        assertThat(find(kept).kept()).isNotNull();
        keep(kept, "secret-2");

        assertThat(store.kept.values()).singleElement().asString().contains("secret-2");
        assertThat(files()).noneMatch(text -> text.contains("secret"));
    }

    @Test
    void signIn_CLI95_movesOutOfTheKeyStore_whereItIsToBeInAFile() throws IOException {
        keep(keeper(KeepSignIn.KEYSTORE).at(WALL), "secret-1");

        KeptSignIn kept = keeper(KeepSignIn.FILE).at(WALL);
        assertThat(find(kept).kept()).isNotNull();
        keep(kept, "secret-2");

        assertThat(store.kept).isEmpty();
        assertThat(files()).anyMatch(text -> text.contains("secret-2"));
    }

    @Test
    void keyStoreThatHangs_CLI96_isNotWaitedFor_andKeepsNothingThatItTakesLater() throws IOException {
        store.hangs = true;
        KeptSignIn kept = keeper(KeepSignIn.KEYSTORE, SHORT).at(WALL);

        keep(kept, "secret-1");
        assertThat(files()).anyMatch(text -> text.contains("secret-1"));
        keep(kept, "secret-2");
        assertThat(files()).anyMatch(text -> text.contains("secret-2"));

        store.hangs = false;
        store.stuck.countDown();
        Awaitility.await().atMost(GUARD).until(() -> store.taken.equals(List.of("kept", "forgotten")));
        assertThat(store.kept).isEmpty();
        // at a later renewal: the call that was given up may still be ending
        Awaitility.await().atMost(GUARD).until(() -> {
            keep(kept, "secret-3");
            return store.kept.values().stream().anyMatch(secret -> secret.contains("secret-3"))
                    && files().stream().noneMatch(text -> text.contains("secret"));
        });
    }

    @Test
    void keyStoreThatHangs_CLI96_isAskedNothingMore_untilItHasAnswered() {
        store.hangs = true;
        try (BoundedSecretStore bounded = new BoundedSecretStore(store)) {
            assertThatThrownBy(() -> bounded.keep("wall", "secret-1", Duration.ofMillis(50)))
                    .hasMessageContaining("did not answer within");
            assertThatThrownBy(() -> bounded.keep("wall", "secret-2", LONG)).isInstanceOf(IOException.class)
                    .hasMessageContaining("has not answered yet");
        }
    }

    /// As where the program is closed at the moment of its start.
    @Test
    void keyStoreThatHangs_CLI96_isNotLookedInto_onceNobodyWaitsForIt() {
        store.hangs = true;
        try (BoundedSecretStore bounded = new BoundedSecretStore(store)) {
            bounded.giveUpFinding();
            assertThatThrownBy(() -> bounded.find("wall", LONG)).isInstanceOf(IOException.class)
                    .hasMessageContaining("not waited for any more");
        }
        assertThat(store.asked).isFalse();
    }

    @Test
    void keyStoreThatDoesNotAnswer_CLI96_isToldOf_andWhatItKeepsIsThereAtTheNextStart() throws IOException {
        keep(keeper(KeepSignIn.KEYSTORE).at(WALL), "secret-1");
        store.hangs = true;

        KeptSignIn.Found found = find(keeper(KeepSignIn.KEYSTORE, SHORT).at(WALL));

        assertThat(found.kept()).isNull();
        assertThat(found.why()).contains("did not answer").endsWith("Sign in again.");
        store.hangs = false;
        store.stuck.countDown();
        assertThat(find(keeper(KeepSignIn.KEYSTORE).at(WALL)).kept()).isNotNull();
    }

    @Test
    void keyStore_CLI96_isAskedNothing_whereNothingWasKept() throws IOException {
        store.hangs = true;
        KeptSignIn kept = keeper(KeepSignIn.KEYSTORE).at(WALL);

        assertThat(kept.known()).isFalse();
        assertThat(find(kept)).isEqualTo(new KeptSignIn.Found(null, ""));
        assertThat(store.asked).isFalse();
    }

    @Test
    void forgotten_CLI97_isInNeitherPlace_andNothingIsKeptAfterwards() throws IOException {
        for (boolean refuses : new boolean[]{false, true}) {
            store.refuses = refuses;
            SignInKeeper keeper = keeper(KeepSignIn.KEYSTORE);
            KeptSignIn kept = keeper.at(WALL);
            kept.keep("secret-1", "anna", Role.EDITOR);

            kept.forget();
            kept.keep("secret-2", "anna", Role.EDITOR);
            keeper.close().join();

            assertThat(store.kept).isEmpty();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void forgotten_CLI97_isAlsoTheOlderOne_thatTheKeyStoreKeptWhenItRefused() throws IOException {
        SignInKeeper keeper = keeper(KeepSignIn.KEYSTORE);
        keep(keeper.at(WALL), "secret-1");
        store.refuses = true;
        keep(keeper.at(WALL), "secret-2");
        assertThat(files()).anyMatch(text -> text.contains("secret-2"));
        store.refuses = false;

        keeper.at(WALL).forget();
        keeper.close().join();

        assertThat(store.kept).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void keyStoreThatCannotForget_CLI97_isAskedAgainAtTheNextStart_andNobodyIsSignedInMeanwhile() throws IOException {
        SignInKeeper keeper = keeper(KeepSignIn.KEYSTORE);
        keep(keeper.at(WALL), "secret-1");
        store.refuses = true;
        keeper.at(WALL).forget();
        keeper.close().join();

        KeptSignIn next = keeper(KeepSignIn.KEYSTORE).at(WALL);
        assertThat(next.known()).isFalse();
        assertThat(find(next).kept()).isNull();
        assertThat(store.kept).hasSize(1);

        store.refuses = false;
        assertThat(find(next).kept()).isNull();
        assertThat(store.kept).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void twoStateDirectories_CLI95_keepTwoSignInsInOneKeyStore() throws IOException {
        keep(keeper(KeepSignIn.KEYSTORE).at(WALL), "secret-1");
        SignInKeeper other = new SignInKeeper(new StateDirectory(temp.resolve("other")), KeepSignIn.KEYSTORE, store,
                PATIENT, Runnable::run);
        keep(other.at(WALL), "secret-2");

        assertThat(store.kept).hasSize(2);
        assertThat(find(keeper(KeepSignIn.KEYSTORE).at(WALL)).kept()).extracting(KeptSignIn.Kept::refreshToken)
                .isEqualTo("secret-1");
    }

    @Test
    void closing_CLI96_waitsForWhatIsToBeKept_andNotForWhatIsToBeFound() throws Exception {
        keep(keeper(KeepSignIn.KEYSTORE).at(WALL), "secret-1");
        SignInKeeper keeper = keeper(KeepSignIn.KEYSTORE, new SignInPlaces.Patience(LONG, Duration.ofMillis(200)));
        store.hangs = true;
        store.asked = false;
        var finding = keeper.at(WALL).find();
        Awaitility.await().atMost(GUARD).until(() -> store.asked);
        keeper.at(WALL).keep("secret-2", "anna", Role.EDITOR);

        keeper.close().get(GUARD.toSeconds(), TimeUnit.SECONDS);

        assertThat(finding.join().kept()).isNull();
        assertThat(files()).anyMatch(text -> text.contains("secret-2"));
    }

    /// Where there is a session, its key store may ask the person; that has to be wanted.
    @Test
    void signIn_CLI95_isFoundAgain_withTheKeyStoreOfThisMachineOrWithout() throws IOException {
        assumeTrue(System.getenv("DBUS_SESSION_BUS_ADDRESS") == null || REAL, "WATCHFLOOR_TEST_KEY_STORE=true");
        SignInKeeper keeper = new SignInKeeper(new StateDirectory(temp.resolve("state")), KeepSignIn.KEYSTORE,
                new KeyringSecretStore(), SignInPlaces.Patience.USUAL, Runnable::run);
        KeptSignIn kept = keeper.at(WALL);
        try {
            keep(kept, "secret-1");
            keep(kept, "secret-2");

            assertThat(find(kept).kept()).extracting(KeptSignIn.Kept::refreshToken).isEqualTo("secret-2");
            assertThat(files()).anyMatch(text -> text.contains("secret-2") != REAL);
        } finally {
            kept.forget();
            keeper.close().join();
        }
        assertThat(files()).isEmpty();
    }

    private SignInKeeper keeper(KeepSignIn where) throws IOException {
        return keeper(where, PATIENT);
    }

    private SignInKeeper keeper(KeepSignIn where, SignInPlaces.Patience patience) throws IOException {
        return new SignInKeeper(new StateDirectory(temp.resolve("state")), where, store, patience, Runnable::run);
    }

    private static KeptSignIn.Found find(KeptSignIn kept) {
        return kept.find().join();
    }

    /// Waits until it is kept: what is found comes after it.
    private static void keep(KeptSignIn kept, String token) {
        kept.keep(token, "anna", Role.EDITOR);
        find(kept);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("state"))) {
            return files.map(KeptSignInTest::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A key store in memory that can be told to refuse, or to hang. Thread-safe.
    private static final class MemoryStore implements SecretStore {

        private final Map<String, String> kept = new ConcurrentHashMap<>();
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final CountDownLatch stuck = new CountDownLatch(1);
        private volatile boolean refuses;
        private volatile boolean hangs;
        private volatile boolean asked;

        @Override
        public String find(String name) throws IOException {
            answer();
            String secret = kept.get(name);
            if (secret == null) {
                throw new IOException("There is no such secret.");
            }
            return secret;
        }

        @Override
        public void keep(String name, String secret) throws IOException {
            answer();
            kept.put(name, secret);
            taken.add("kept");
        }

        @Override
        public void forget(String name) throws IOException {
            answer();
            kept.remove(name);
            taken.add("forgotten");
        }

        private void answer() throws IOException {
            asked = true;
            boolean interrupted = false;
            while (hangs && stuck.getCount() > 0) {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    // as one in foreign code would not be
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (refuses) {
                throw new IOException("The key store is locked.");
            }
        }
    }
}
