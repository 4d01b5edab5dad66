package org.waybill.cli.crypt.stream;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binary messages are known by their first bytes, and nothing else is taken for one. */
class OpenPgpHeaderTest {

    private static final HexFormat HEX = HexFormat.of();

    /** As {@code gpg --symmetric} and {@code gpg --encrypt} write them, and RFC 9580's new forms. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8c0d040903080102030405060708ff" + "d23d01aabb", // SKESK 4, salted and iterated; SEIPD 1
                "c30d040903080102030405060708ff" + "d2ec01aabb", // in pieces
                "8c0d040903080102030405060708ff" + "d45e01090210" + "00000000000000000000000000000000", // packet 20
                "840e03" + "0102030405060708" + "01" + "0010ffff" + "d20f01aabb", // PKESK 3, RSA
                "c11003" + "0000000000000000" + "12" + "0008ff" + "02aabb" + "d20f01aabb", // hidden, ECDH
                "c1060600" + "01" + "000801" + "d20f01aabb", // PKESK 6, hidden
            })
    void knowsMessages(String hex) {
        byte[] head = HEX.parseHex(hex);
        assertThat(OpenPgpHeader.isIn(Arrays.copyOf(head, 4_096))).isTrue();
    }

    @Test
    void knowsAMessageWhoseSessionKeysFillTheHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < 4_096) {
            head.write(HEX.parseHex("85010c03" + "0102030405060708" + "01" + "0800"));
            head.write(new byte[256]);
        }
        assertThat(OpenPgpHeader.isIn(Arrays.copyOf(head.toByteArray(), 4_096))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "8c", // a cut length
                "89504e470d0a1a0a0000000d49484452", // PNG
                "ffd8ffe000104a464946", // JPEG
                "efbbbf7b", // a byte order mark
                "d0cf11e0a1b11ae1", // OLE2
                "9901a204", // a public key
                "9503860445", // a secret key
                "840e03" + "0102030405060708" + "01" + "0011ffff" + "d20f01aabb", // a number longer than its packet
                "88750400160a", // a signature
                "a30101", // compressed data without encryption
                "8c0d090903080102030405060708ff" + "d23d01", // an unknown version
                "8c0d04ff03080102030405060708ff" + "d23d01", // an unknown cipher
                "8c0d040903080102030405060708ff" + "cb3d01", // literal data behind it
                "840e03" + "0102030405060708" + "7f" + "0010ffff" + "d20f01aabb", // an unknown kind of key
                "8c0d040903080102030405060708ff" + "d23d09", // encrypted data of an unknown version
            })
    void takesNothingElseForAMessage(String hex) {
        assertThat(OpenPgpHeader.isIn(HEX.parseHex(hex))).isFalse();
    }

    @Test
    void takesNoFileOfGenomicsForAMessage() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] head = Arrays.copyOf(Files.readAllBytes(file), 4_096);
                assertThat(OpenPgpHeader.isIn(head)).as(file.toString()).isFalse();
            }
        }
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write("reads".getBytes(UTF_8));
        }
        assertThat(OpenPgpHeader.isIn(gzip.toByteArray())).isFalse();
        assertThat(OpenPgpHeader.isIn("öäü\n".getBytes(UTF_8))).isFalse();
        assertThat(OpenPgpHeader.isIn("\ufefftext".getBytes(UTF_16BE))).isFalse();
    }

    /** Seeded: the same bytes each time. Every one starts like a session key packet, which one file in 40 would. */
    @Test
    void takesNoBytesByChanceForAMessage() {
        Random random = new Random(3);
        byte[] head = new byte[4_096];
        byte[] firsts = HEX.parseHex("8485868c8d8ec1c3");
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(head);
            head[0] = firsts[i % firsts.length];
            assertThat(OpenPgpHeader.isIn(head)).isFalse();
        }
    }
}
