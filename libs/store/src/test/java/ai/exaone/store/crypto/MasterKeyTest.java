package ai.exaone.store.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MasterKeyTest {
    private static final String PLACE = "serving/engine-key/dep_1";

    private final MasterKey key = new MasterKey(bytes(7), new SecureRandom());

    @Test
    void returnsWhatItWasGiven() {
        byte[] stored = key.encrypt("비밀".getBytes(UTF_8), PLACE);
        assertThat(new String(key.decrypt(stored, PLACE), UTF_8)).isEqualTo("비밀");
    }

    @Test
    void encryptsTheSameSecretDifferentlyEachTime() {
        assertThat(key.encrypt(bytes(1), PLACE)).isNotEqualTo(key.encrypt(bytes(1), PLACE));
    }

    @Test
    void refusesAnotherPlaceAnotherKeyAndEveryChangedByte() {
        byte[] stored = key.encrypt("secret".getBytes(UTF_8), PLACE);
        assertThatThrownBy(() -> key.decrypt(stored, "serving/engine-key/dep_2"))
                .isInstanceOf(IllegalStateException.class);
        var other = new MasterKey(bytes(8), new SecureRandom());
        assertThatThrownBy(() -> other.decrypt(stored, PLACE)).isInstanceOf(IllegalStateException.class);
        for (int position = 0; position < stored.length; position++) {
            byte[] changed = stored.clone();
            changed[position] ^= 1;
            assertThatThrownBy(() -> key.decrypt(changed, PLACE)).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> key.decrypt(new byte[3], PLACE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isReadFromItsFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(MasterKey.FILE), Base64.getEncoder().encodeToString(bytes(7)) + "\n");
        byte[] stored = key.encrypt(bytes(2), PLACE);
        assertThat(MasterKey.read(folder).decrypt(stored, PLACE)).isEqualTo(bytes(2));
    }

    @Test
    void saysWhichFileIsWrongAndNotWhatIsInIt(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> MasterKey.read(folder)).hasMessageContaining(MasterKey.FILE);
        Files.writeString(folder.resolve(MasterKey.FILE), "c2hvcnQ=");
        assertThatThrownBy(() -> MasterKey.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(MasterKey.FILE)
                .hasMessageNotContaining("c2hvcnQ=");
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
