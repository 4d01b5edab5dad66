package org.waybill.remote.res;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.CharBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/res",
                "ftp://res.example",
                "https:///res",
                "https://res example",
                "https://user:s3cret@res.example",
                "https://res.example/?key=s3cret",
                "https://res.example/#s3cret",
                "http://res.example",
                "HTTP://10.0.0.1/",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example"
            })
    void anAddressThatIsNoneOrWouldShowTheKeyIsRefused(String base) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResAddress(base, false))
                .withMessageContaining("re-encryption service")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://res.example", "http://localhost:8080/x", "http://127.1.2.3", "http://[::1]:80/"})
    void httpsMayGoAnywhereAndPlainHttpToThisMachine(String base) {
        assertThat(new ResAddress(base, false)).hasToString(base);
    }

    @Test
    void plainHttpMayGoElsewhereIfTheCallerSaysSo() {
        assertThat(new ResAddress("http://res.example", true)).hasToString("http://res.example");
    }

    @Test
    void everySignThatMeansSomethingInAQueryIsEncoded() {
        assertThat(ResSide.encoded(CharBuffer.wrap("aZ09-._~ +&=%?#/\"\n\u0000é€\ud83d\udd11")))
                .isEqualTo("aZ09-._~%20%2B%26%3D%25%3F%23%2F%22%0A%00%C3%A9%E2%82%AC%F0%9F%94%91");
        assertThatIllegalArgumentException().isThrownBy(() -> ResSide.encoded(CharBuffer.wrap("\ud83d")));
    }

    @Test
    void aFormatAndItsKeyBelongTogether() {
        assertThat(ResSide.of(new ResFormat("publicgpg_sanger")).parameters("source"))
                .isEqualTo("sourceFormat=publicgpg_sanger");
        assertThatIllegalArgumentException().isThrownBy(() -> ResSide.of(ResFormat.AES256));
        assertThatIllegalArgumentException().isThrownBy(() -> ResSide.of(ResFormat.SYMMETRIC_GPG));
        assertThatIllegalArgumentException().isThrownBy(() -> ResSide.of(ResFormat.AES128, new char[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> ResSide.of(ResFormat.PLAIN, "key".toCharArray()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ResRequest(" ", 1, ResSide.of(ResFormat.PLAIN), ResSide.of(ResFormat.PLAIN), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AES256", "aes512", "plain&sourceKey=x", "publicgpg-sanger", "publicgpg_\n"})
    void aFormatThatTheServiceDoesNotKnowIsRefused(String label) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ResFormat(label));
    }
}
