package org.waybill.format.openpgp.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.OCBBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our modes of operation against vectors and other implementations of them. */
class CipherModesTest {

    private static final Random RANDOM = new Random(20_261_121);

    @ParameterizedTest
    @CsvSource({"AES_128", "AES_192", "AES_256"})
    void cfbGivesWhatThePlatformsOwnGives(SymmetricAlgorithm algorithm) throws Exception {
        byte[] key = bytes(algorithm.keyBytes());
        for (int length : new int[] {1, 15, 16, 17, 1_000, 65_535, 65_536}) {
            byte[] plain = bytes(5 * 64 + length);
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            byte[] encrypted = cipher.doFinal(plain);

            byte[] decrypted = new byte[plain.length];
            try (SessionKey session = new SessionKey(algorithm, key, true);
                    CfbDecryption cfb = new CfbDecryption(session, 65_536)) {
                for (int at = 0; at < plain.length; ) {
                    int piece = at < 5 * 64 ? 64 : length;
                    System.arraycopy(encrypted, at, cfb.piece(), cfb.pieceStart(), piece);
                    cfb.decrypt(piece, decrypted, at);
                    at += piece;
                }
            }

            assertThat(decrypted).isEqualTo(plain);
        }
    }

    /** RFC 7253, appendix A; the associated bytes and the content are the same there. */
    @ParameterizedTest
    @CsvSource({
        "0,'',785407BFFFC8AD9EDCC5520AC9111EE6",
        "1,0001020304050607,6820B3657B6F615A5725BDA0D3B4EB3A257C9AF1F8F03009",
        "4,000102030405060708090A0B0C0D0E0F,571D535B60B277188BE5147170A9A22C3AD7A4FF3835B8C5701C1CCEC8FC3358",
        "7,000102030405060708090A0B0C0D0E0F1011121314151617,1CA2207308C87C010756104D8840CE1952F09673A448A122C92C62241051F57356D7F3C90BB0E07F",
    })
    void ocbOpensTheVectorsOfItsRfc(int number, String content, String sealed) {
        byte[] key = HexFormat.of().parseHex("000102030405060708090A0B0C0D0E0F");
        byte[] nonce = HexFormat.of().parseHex("BBAA99887766554433221100");
        nonce[11] = (byte) number;
        byte[] in = HexFormat.of().parseHex(sealed);
        byte[] plain = HexFormat.of().parseHex(content);
        byte[] out = new byte[in.length];

        boolean good = new OcbDecryption(SymmetricAlgorithm.AES_128, key).open(nonce, plain, in, in.length, out);

        assertThat(good).isTrue();
        assertThat(Arrays.copyOf(out, plain.length)).isEqualTo(plain);
    }

    @Test
    void ocbOpensWhatBouncyCastleSealsAndNothingElse() throws Exception {
        for (SymmetricAlgorithm algorithm :
                new SymmetricAlgorithm[] {SymmetricAlgorithm.AES_128, SymmetricAlgorithm.AES_256}) {
            byte[] key = bytes(algorithm.keyBytes());
            OcbDecryption ocb = new OcbDecryption(algorithm, key);
            for (int length = 0; length < 100_000; length = length * 2 + 1 + RANDOM.nextInt(10)) {
                byte[] nonce = bytes(15);
                byte[] associated = bytes(RANDOM.nextInt(40));
                byte[] plain = bytes(length);
                OCBBlockCipher theirs = new OCBBlockCipher(AESEngine.newInstance(), AESEngine.newInstance());
                theirs.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, associated));
                byte[] sealed = new byte[theirs.getOutputSize(length)];
                theirs.doFinal(sealed, theirs.processBytes(plain, 0, length, sealed, 0));

                byte[] out = new byte[sealed.length];
                assertThat(ocb.open(nonce, associated, sealed, sealed.length, out))
                        .isTrue();
                assertThat(Arrays.copyOf(out, length)).isEqualTo(plain);

                sealed[RANDOM.nextInt(sealed.length)] ^= (byte) (1 << RANDOM.nextInt(8));
                assertThat(ocb.open(nonce, associated, sealed, sealed.length, out))
                        .isFalse();
            }
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
