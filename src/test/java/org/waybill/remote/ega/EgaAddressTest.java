package org.waybill.remote.ega;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgaAddressTest {

    private static final EgaAddress ADDRESS =
            new EgaAddress("https://ega.example/d/{dataset}/files?token=s3cret", false);

    @Test
    void theDatasetIsEncoded() {
        assertThat(ADDRESS.ofDataset("a b/../c?d&é").toString())
                .isEqualTo("https://ega.example/d/a%20b%2F..%2Fc%3Fd%26%C3%A9/files?token=s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void whatIsNoDatasetIsRefused(String dataset) {
        assertThatIllegalArgumentException().isThrownBy(() -> ADDRESS.ofDataset(dataset));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ega.example/files",
                "ftp://ega.example/{dataset}",
                "/{dataset}",
                "https:///{dataset}",
                "https://ega example/{dataset}",
                "https://user:s3cret@ega.example/{dataset}",
                "http://ega.example/{dataset}",
                "http://localhost.evil.example/{dataset}",
                "http://127.0.0.1.evil.example/{dataset}",
                "HTTP://10.0.0.1/{dataset}"
            })
    void anAddressThatIsNoneOrWouldShowThePasswordIsRefused(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgaAddress(template, false))
                .withMessageContaining("EGA API")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/{dataset}", "http://127.1.2.3/{dataset}", "http://[::1]:80/{dataset}"})
    void plainHttpMayGoToThisMachine(String template) {
        assertThat(new EgaAddress(template, false).ofDataset("D").getPath()).isEqualTo("/D");
    }

    @Test
    void plainHttpMayGoElsewhereIfTheCallerSaysSo() {
        assertThat(new EgaAddress("http://ega.example/{dataset}", true).ofDataset("D"))
                .hasHost("ega.example");
    }

    @Test
    void theQueryIsNotShown() {
        assertThat(ADDRESS.toString()).doesNotContain("s3cret");
        assertThat(EgaAddress.shown(ADDRESS.ofDataset("D"))).isEqualTo("https://ega.example/d/D/files");
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/p,                    https://h/p?limit=1000&offset=20",
        "https://h/p?a=%20b,             https://h/p?a=%20b&limit=1000&offset=20",
        "https://h/p?limit=5&a=b&offset=7, https://h/p?a=b&limit=1000&offset=20"
    })
    void aPageIsAskedForByLimitAndOffset(URI list, String page) {
        assertThat(EgaAddress.page(list, 1000, 20)).hasToString(page);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/a,      https://h/b,      true",
        "https://h/a,      https://H:443/b,  true",
        "http://h/a,       https://h/b,      true",
        "https://h/a,      http://h/b,       false",
        "https://h/a,      https://g/b,      false",
        "https://h/a,      https://h.g/b,    false",
        "https://h/a,      https://h:8443/b, false",
        "http://h:8080/a,  https://h/b,      false",
        "https://h/a,      ftp://h/b,        false"
    })
    void thePasswordStaysWithTheServer(URI from, URI to, boolean same) {
        assertThat(EgaAddress.isSameServer(from, to)).isEqualTo(same);
    }
}
