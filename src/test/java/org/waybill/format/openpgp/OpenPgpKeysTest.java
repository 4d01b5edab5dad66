package org.waybill.format.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.format.Mutation;
import org.waybill.format.openpgp.Messages.Owner;
import org.waybill.format.openpgp.OpenPgpKeyException.UnusableKey;

/** What a key file must be, and what is said of one that is not; passphrases are tried in OpenPgpGnupgIT. */
class OpenPgpKeysTest {

    private static final Owner CURVE = Messages.curveOwner();
    private static final Owner RSA = Messages.rsaOwner();
    private static final byte[] CONTENT = Messages.content(1_000, 1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void listsWhatCanDecrypt() throws IOException {
        Path curve = CURVE.writeSecret(folder.resolve("curve"));
        Path rsa = RSA.writeSecret(folder.resolve("rsa"));
        try (OpenPgpKeys keys = OpenPgpKeys.open(List.of(curve, rsa), null, List.of())) {
            assertThat(keys.keys())
                    .extracting(key -> key.algorithm() + " " + key.bits())
                    .containsExactly("ECDH 256", "RSA 2048", "RSA 2048");
            assertThat(keys.keys()).allSatisfy(key -> {
                assertThat(key.fingerprint()).endsWith(key.keyId()).hasSize(40);
                assertThat(key.expires()).isEmpty();
                assertThat(key.revoked()).isFalse();
                assertThat(key.present()).isTrue();
            });
        }
    }

    @Test
    void readsArmouredFilesAndSeveralBlocksInOne() throws IOException {
        byte[] curve = Messages.armour(Files.readAllBytes(CURVE.writeSecret(folder.resolve("curve"))));
        byte[] rsa = Messages.armour(Files.readAllBytes(RSA.writeSecret(folder.resolve("rsa"))));
        Path both = Files.write(folder.resolve("both"), Messages.join("comment\n".getBytes(US_ASCII), curve, rsa));
        try (OpenPgpKeys keys = OpenPgpKeys.open(List.of(both), null, List.of())) {
            assertThat(keys.keys()).hasSize(3);
            for (Owner owner : List.of(CURVE, RSA)) {
                assertThat(Messages.decrypt(Messages.message(CONTENT).to(owner).bytes(), keys))
                        .isEqualTo(CONTENT);
            }
        }
    }

    @Test
    void saysWhatAFileIsInstead() throws IOException {
        Path publicKey = CURVE.writePublic(folder.resolve("public"));
        assertThatThrownBy(() -> OpenPgpKeys.open(List.of(publicKey), null, List.of()))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining(publicKey.toString())
                .hasMessageContaining("public key");
        Path text = Files.writeString(folder.resolve("text"), "no key");
        assertThatThrownBy(() -> OpenPgpKeys.open(List.of(text), null, List.of()))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("no OpenPGP key");
        Path keybox = Files.writeString(folder.resolve("keybox"), "\0\0\0\1\2\3\4\5KBXf\0\0\0\0");
        assertThatThrownBy(() -> OpenPgpKeys.open(List.of(keybox), null, List.of()))
                .hasMessageContaining("keybox");
        Path secret = CURVE.writeSecret(folder.resolve("secret"));
        assertThatThrownBy(() -> OpenPgpSigners.read(List.of(secret)))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("no public key");
        assertThatThrownBy(() -> OpenPgpKeys.open(List.of(folder.resolve("none")), null, List.of()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void tellsDamagedFilesAsSuch() throws IOException {
        byte[] whole = Files.readAllBytes(RSA.writeSecret(folder.resolve("secret")));
        Random random = new Random(20_261_121);
        for (int i = 0; i < 2_000; i++) {
            Path mutant =
                    Files.write(folder.resolve("mutant"), Mutation.any(random).apply(whole, random));
            try {
                OpenPgpKeys.open(List.of(mutant), null, List.of()).close();
            } catch (OpenPgpKeyException e) {
                assertThat(e).hasMessageStartingWith(mutant.toString());
            }
        }
        for (int length = 0; length < 300; length++) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> OpenPgpKeys.open(List.of(cut), null, List.of()))
                    .isInstanceOf(UnusableKey.class);
        }
    }
}
