package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a/b.pdf,/a/b.pdf",
        "/a?x=/../y,/a",
        "/a%3Fb?c,/a?b",
        "/?,/",
        "/a#b,/a",
        "/a%20b,/a b",
        "/M%C3%BCller,/Müller",
        "/Müller,/Müller",
        "/a+b,/a+b",
        "/./a,/a",
        "/a/./b,/a/b",
        "/a/../b,/b",
        "/a/b/../../c,/c",
        "/a/..,/",
        "/a/.,/a/",
        "/a/b/..,/a/",
        "/a/,/a/",
        "/a/.hidden,/a/.hidden",
        "/a/...,/a/...",
        "/a/..b,/a/..b",
        "/a/%2e%2e/b,/b",
        "/a/..%2Fb,/b",
        "/a%2fb,/a/b",
        "//a,/a",
        "/a//b/,/a/b/",
        "/a//../b,/b",
        "http://example.org/a%20b?c,/a b",
        "HTTPS://example.org:443/a,/a",
        "http://example.org,/",
        "http://example.org?x,/",
        "/%25zz,/%zz",
        "/a\\b,/a\\b"
    })
    void isDecodedAsServersDo(String target, String path) {
        byte[] bytes = ("##" + target + "##").getBytes(UTF_8);
        assertThat(RequestTarget.path(bytes, 2, bytes.length - 2)).hasValue(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "example.org:443",
                "a/b",
                "/..",
                "/../etc/passwd",
                "/a/../../b",
                "/%2e%2e/b",
                "/%zz",
                "/%4",
                "/%",
                "/a%00b",
                "/%ff",
                "/%c3",
                "/a b",
                "ftp://example.org/a",
                "http:/a",
                "?a"
            })
    void isAbsentWhereNoServerFindsAFile(String target) {
        byte[] bytes = ("##" + target + "41").getBytes(UTF_8);
        assertThat(RequestTarget.path(bytes, 2, bytes.length - 2)).isEmpty();
    }
}
