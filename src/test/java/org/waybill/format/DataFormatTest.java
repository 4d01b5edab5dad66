package org.waybill.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFormatTest {

    private static final byte[] CRYPT4GH_HEAD = "crypt4gh\1\0\0\0".getBytes(US_ASCII);
    private static final byte[] ARMOUR_HEAD = "-----BEGIN PGP MESSAGE-----\n".getBytes(US_ASCII);
    private static final byte[] OTHER_HEAD = "@HD\tVN:1.6".getBytes(US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "a.bam.c4gh,     CRYPT4GH, a.bam",
        "a.bam.C4GH,     CRYPT4GH, a.bam",
        "a.bam.cip,      EGA_AES,  a.bam",
        "a.bam.gpg,      OPENPGP,  a.bam",
        "a.bam.pgp,      OPENPGP,  a.bam",
        "a.bam.gpg.c4gh, CRYPT4GH, a.bam.gpg",
        "a.bam,          PLAIN,    a.bam",
        "a.cip.bam,      PLAIN,    a.cip.bam",
        "acip,           PLAIN,    acip",
        ".cip,           EGA_AES,  .cip",
        "folder/.gpg,    OPENPGP,  folder/.gpg"
    })
    void theSuffixTellsTheFormatAndIsTakenOffOnce(String name, DataFormat format, String without) {
        assertThat(DataFormat.ofName(name)).isEqualTo(format);
        assertThat(DataFormat.withoutSuffix(name)).isEqualTo(without);
    }

    @Test
    void contentIsBelievedBeforeTheName() {
        assertThat(DataFormat.recognise("a.bam.cip", CRYPT4GH_HEAD)).isEqualTo(DataFormat.CRYPT4GH);
        assertThat(DataFormat.recognise("a.bam", ARMOUR_HEAD)).isEqualTo(DataFormat.OPENPGP);
    }

    @Test
    void aClaimedEnvelopeThatIsDamagedIsNotTakenForPlainData() {
        assertThat(DataFormat.recognise("a.bam.c4gh", OTHER_HEAD)).isEqualTo(DataFormat.CRYPT4GH);
        assertThat(DataFormat.recognise("a.bam.c4gh", new byte[0])).isEqualTo(DataFormat.CRYPT4GH);
        assertThat(DataFormat.recognise("a.bam", OTHER_HEAD)).isEqualTo(DataFormat.PLAIN);
    }

    @Test
    void aNameWithAnEncryptionSuffixIsTheEncryptedSide() {
        assertThat(Side.ofName("a.bam.gpg")).isEqualTo(Side.ENCRYPTED);
        assertThat(Side.ofName("a.bam")).isEqualTo(Side.PLAIN);
    }
}
