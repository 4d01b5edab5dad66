package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Crypt4ghSecretKeyTest {

    /** RFC 7748, section 6.1. */
    @Test
    void knowsItsPublicKey() {
        byte[] alice = HexFormat.of().parseHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");

        assertThat(Crypt4ghSecretKey.of(alice).publicKey().bytes())
                .isEqualTo(HexFormat.of().parseHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
    }

    @Test
    void readerAndWriterShareTheSameKey() {
        Crypt4ghSecretKey reader = Crypt4ghSecretKey.generate();
        Crypt4ghSecretKey writer = Crypt4ghSecretKey.generate();

        assertThat(reader.sharedKeyAsReader(writer.publicKey()).orElseThrow().getEncoded())
                .isEqualTo(writer.sharedKeyAsWriter(reader.publicKey())
                        .orElseThrow()
                        .getEncoded())
                .isNotEqualTo(reader.sharedKeyAsWriter(writer.publicKey())
                        .orElseThrow()
                        .getEncoded());
    }

    @Test
    void copiesItsBytesBothWays() {
        byte[] bytes = Samples.plaintext(32, 9);
        Crypt4ghSecretKey key = Crypt4ghSecretKey.of(bytes);
        byte[] original = bytes.clone();
        bytes[0]++;
        key.copyBytes()[1]++;

        assertThat(key.copyBytes()).isEqualTo(original);
    }

    @Test
    void isOfNoUseOnceClosed() {
        Crypt4ghSecretKey key = Crypt4ghSecretKey.generate();
        Crypt4ghPublicKey publicKey = key.publicKey();
        key.close();

        assertThat(key.isDestroyed()).isTrue();
        assertThat(key.publicKey()).isEqualTo(publicKey);
        assertThatThrownBy(key::copyBytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key.sharedKeyAsReader(publicKey)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hasThirtyTwoBytes() {
        assertThatThrownBy(() -> Crypt4ghSecretKey.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Crypt4ghPublicKey(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void publicKeysAreValues() {
        byte[] bytes = Samples.plaintext(32, 10);
        Crypt4ghPublicKey key = new Crypt4ghPublicKey(bytes);

        assertThat(key).isEqualTo(new Crypt4ghPublicKey(bytes)).hasSameHashCodeAs(new Crypt4ghPublicKey(bytes));
        key.bytes()[0]++;
        assertThat(key.bytes()).isEqualTo(bytes);
        bytes[0]++;
        assertThat(key.bytes()).isNotEqualTo(bytes);
        assertThat(key).isNotEqualTo(new Crypt4ghPublicKey(bytes));
    }
}
