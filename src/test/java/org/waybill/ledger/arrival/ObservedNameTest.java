package org.waybill.ledger.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manifest would call a file, and which names none could give. */
class ObservedNameTest {

    @Test
    void leavesOneEncryptionSuffixAside() {
        assertThat(ObservedName.of("Ward/A.pdf.gpg.c4gh"))
                .isEqualTo(new ObservedName("Ward/A.pdf.gpg", "ward/a.pdf.gpg", null));
    }

    @Test
    void knowsTwinsByTheSameKeyAsTheLedger() {
        String key = ObservedName.twinKey("stra\u00dfe/gr\u00fcn.pdf");
        assertThat(ObservedName.of("STRASSE/GRU\u0308N.pdf.c4gh").twinKey()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "..gpg", "x/..gpg", "...gpg", ".waybill.cip", ".WAYBILL/x", "\ud800"})
    void refusesWhatNoManifestCouldName(String path) {
        ObservedName name = ObservedName.of(path);
        assertThat(name.fault()).isNotBlank().doesNotEndWith(".");
        assertThat(name.twinKey()).isNull();
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThat(ObservedName.of("x/" + "\u20ac".repeat(85)).fault()).isNull();
        assertThat(ObservedName.of("x/" + "\u20ac".repeat(86)).fault()).contains("255 bytes");
        assertThat(ObservedName.of("x/".repeat(2100) + "y").fault()).contains("4096 bytes");
    }

    /** A path of the ledger from before names were looked at so: it is its own key, and nothing stops. */
    @Test
    void hasAKeyForAnyPathOfTheLedger() {
        assertThat(ObservedName.twinKey("A\tb")).isEqualTo("A\tb");
    }
}
