package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.memory.InMemoryAccounts;
import io.watchfloor.server.store.memory.InMemoryTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySealTest {

    @TempDir
    Path folder = Path.of("");

    private final SecureRandom random = new SecureRandom();
    private final TestClock clock = new TestClock();
    private final InMemoryTokens store = new InMemoryAccounts().tokens();

    private KeySeal seal(String name) throws IOException {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return KeySeal.read(Files.writeString(folder.resolve(name), Base64.getEncoder().encodeToString(key) + "\n"),
                random);
    }

    @Test
    void keys_ACC45_areSealedInTheDatabase_alsoThoseOfBefore_andOpenWithTheSameFileOnly() throws Exception {
        SigningKeys before = new SigningKeys(store, clock, random);
        before.prepare();
        byte[] secret = before.newest(Purpose.REFRESH).secret();
        KeySeal seal = seal("key");
        SigningKeys sealed = new SigningKeys(store, clock, random, seal);
        sealed.prepare();
        sealed.rotate(Purpose.ACCESS);
        assertThat(store.signingKeys()).isNotEmpty().allMatch(KeySeal::isSealed);
        assertThat(store.signingKeys()).noneMatch(key -> contains(key.secret(), secret));
        assertThat(sealed.newest(Purpose.REFRESH).secret()).as("nobody is signed out").isEqualTo(secret);
        SigningKeys other = new SigningKeys(store, clock, random, seal);
        other.prepare();
        assertThat(other.newest(Purpose.ACCESS).secret()).isEqualTo(sealed.newest(Purpose.ACCESS).secret());
        SigningKeys wrong = new SigningKeys(store, clock, random, seal("wrong"));
        assertThatThrownBy(wrong::prepare).isInstanceOf(StoreException.class).hasMessageContaining("is not the one");
        SigningKeys without = new SigningKeys(store, clock, random);
        assertThatThrownBy(without::prepare).isInstanceOf(StoreException.class).hasMessageContaining("--key-file");
    }

    @Test
    void sealedKey_ACC45_isGoodForItsOwnPlaceOnly() throws Exception {
        KeySeal seal = seal("key");
        SigningKey one = seal.seal(new SigningKey("one", Purpose.REFRESH, new byte[32], 0));
        assertThatThrownBy(() -> KeySeal.open(new SigningKey("one", Purpose.ACCESS, one.secret(), 0), seal))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void keyFile_ACC45_thatIsNone_isRefusedInASentence_withoutWhatIsInIt() throws Exception {
        Path file = Files.writeString(folder.resolve("none"), "geheim");
        assertThatThrownBy(() -> KeySeal.read(file, random)).isInstanceOf(IOException.class)
                .hasMessageContaining("32 bytes in Base64").hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> KeySeal.read(folder.resolve("nowhere"), random)).isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read");
    }

    private static boolean contains(byte[] in, byte[] what) {
        return new String(in, java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains(new String(what, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
