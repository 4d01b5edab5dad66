package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Both providers, whichever this machine prefers. */
@ParameterizedClass
@EnumSource
class ChaCha20Poly1305Test {

    private static final byte[] PLAINTEXT = Samples.plaintext(1_000, 8);

    @Parameter
    ChaCha20Poly1305.Backend backend = ChaCha20Poly1305.Backend.JDK;

    private final ChaCha20Poly1305.Key key = ChaCha20Poly1305.Key.random();
    private final byte[] sealed = new byte[1_028];
    private final byte[] opened = new byte[1_016];

    @BeforeEach
    void requireBackend() {
        assumeTrue(
                backend == ChaCha20Poly1305.Backend.JDK || Conscrypt.isAvailable(),
                "Conscrypt's native library does not load on this platform");
    }

    /**
     * Expected bytes from {@code python3 -c "import nacl.bindings as n; print((bytes(12) +
     * n.crypto_aead_chacha20poly1305_ietf_encrypt(b'waybill', None, bytes(12), bytes(range(32)))).hex())"}.
     */
    @Test
    void opensWhatLibsodiumSealed() {
        byte[] raw = new byte[32];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) i;
        }
        byte[] fromLibsodium =
                HexFormat.of().parseHex("0000000000000000000000006fd93b53c48aca325b4d9b06585c414ea159a2732de286");

        int length = cipher().open(ChaCha20Poly1305.Key.of(raw), fromLibsodium, 0, fromLibsodium.length, opened, 0);

        assertThat(new String(opened, 0, length, StandardCharsets.US_ASCII)).isEqualTo("waybill");
    }

    @Test
    void eachProviderOpensWhatTheOtherSealed() {
        int length = cipher().seal(key, PLAINTEXT, 0, 1_000, sealed, 0);

        assertThat(length).isEqualTo(1_028);
        assertThat(new ChaCha20Poly1305().open(key, sealed, 0, length, opened, 0))
                .isEqualTo(1_000);
        assertThat(Arrays.copyOf(opened, 1_000)).isEqualTo(PLAINTEXT);
    }

    /** JDK ciphers refuse the key and nonce of the call before. */
    @Test
    void opensTheSameBytesTwiceInARow() {
        ChaCha20Poly1305 cipher = cipher();
        cipher.seal(key, PLAINTEXT, 0, 1_000, sealed, 0);

        for (int i = 0; i < 3; i++) {
            assertThat(cipher.open(key, sealed, 0, sealed.length, opened, 0)).isEqualTo(1_000);
            assertThat(Arrays.copyOf(opened, 1_000)).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void triesAnotherKeyAfterAWrongOne() {
        ChaCha20Poly1305 cipher = cipher();
        cipher.seal(key, PLAINTEXT, 0, 1_000, sealed, 0);

        assertThat(cipher.open(ChaCha20Poly1305.Key.random(), sealed, 0, sealed.length, opened, 0))
                .isEqualTo(ChaCha20Poly1305.UNAUTHENTIC);
        assertThat(cipher.open(key, sealed, 0, sealed.length, opened, 0)).isEqualTo(1_000);
    }

    @Test
    void takesNothingShorterThanNonceAndMac() {
        assertThat(cipher().open(key, sealed, 0, 27, opened, 0)).isEqualTo(ChaCha20Poly1305.UNAUTHENTIC);
    }

    @Test
    void sealsAndOpensNothingAtAll() {
        int length = cipher().seal(key, PLAINTEXT, 0, 0, sealed, 0);

        assertThat(length).isEqualTo(28);
        assertThat(cipher().open(key, sealed, 0, 28, opened, 0)).isZero();
    }

    @Test
    void namesTheProviderThatThisMachineUses() {
        boolean conscrypt = Runtime.version().feature() < 21 && Conscrypt.isAvailable();

        assertThat(ChaCha20Poly1305.providerName()).isEqualTo(conscrypt ? "Conscrypt" : "SunJCE");
    }

    private ChaCha20Poly1305 cipher() {
        return new ChaCha20Poly1305(backend);
    }
}
