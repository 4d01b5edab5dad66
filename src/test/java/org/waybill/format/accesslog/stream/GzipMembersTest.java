package org.waybill.format.accesslog.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.junit.jupiter.api.Test;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;

class GzipMembersTest {

    private static final byte[] FIRST = "one line\nand another\n".repeat(50).getBytes(US_ASCII);
    private static final byte[] SECOND = "a third\n".getBytes(US_ASCII);

    @Test
    void membersAreOneContent() throws IOException {
        byte[] content = Gzip.joined(FIRST, SECOND, SECOND);
        byte[] file = Gzip.joined(Gzip.of(FIRST), Gzip.of(new byte[0]), Gzip.of(SECOND), Gzip.of(SECOND));
        assertThat(read(file)).isEqualTo(content);
        assertThat(read(Gzip.joined(file, new byte[1000])))
                .as("padded with zeros")
                .isEqualTo(content);
    }

    @Test
    void everyCutIsAnErrorButThatBetweenMembers() throws IOException {
        byte[] first = Gzip.of(FIRST);
        byte[] file = Gzip.joined(first, Gzip.of(SECOND));
        for (int length = 2; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length == first.length) {
                assertThat(read(cut)).isEqualTo(FIRST);
            } else {
                assertThatThrownBy(() -> read(cut))
                        .as("cut at " + length)
                        .isInstanceOf(TruncatedInputException.class)
                        .hasMessageContaining("still being written, or was cut");
            }
        }
    }

    @Test
    void whatFollowsAMemberMustBeOne() throws IOException {
        byte[] file = Gzip.joined(Gzip.of(FIRST), "rubbish".getBytes(US_ASCII));
        assertThatThrownBy(() -> read(file))
                .isExactlyInstanceOf(MalformedInputException.class)
                .hasMessageContaining("expected another member of the gzip data");
    }

    /** What may change unnoticed says nothing of the content: time, hints, system; the bits that fill the last byte up. */
    @Test
    void flippedBitsAreNoticed() throws IOException {
        byte[] file = Gzip.of(FIRST);
        TreeSet<Integer> unnoticed = new TreeSet<>();
        for (int bit = 16; bit < file.length * 8; bit++) {
            byte[] mutant = file.clone();
            mutant[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(read(mutant)).isEqualTo(FIRST);
                unnoticed.add(bit / 8);
            } catch (MalformedInputException e) {
                assertThat(e.offset()).isBetween(0L, (long) file.length);
            }
        }
        assertThat(unnoticed).isSubsetOf(3, 4, 5, 6, 7, 8, 9, file.length - 9);
    }

    @Test
    void headersMayHaveNamesAndComments() throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setFileName("access.log");
        parameters.setComment("of last week");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out, parameters)) {
            gzip.write(FIRST);
        }
        byte[] file = out.toByteArray();
        assertThat(read(file)).isEqualTo(FIRST);
        byte[] withExtra = Gzip.joined(
                new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4, 0, 0, 0, 0, 0, 3, 3, 0, 'a', 'b', 'c', 9, 9},
                Arrays.copyOfRange(Gzip.of(FIRST), 10, Gzip.of(FIRST).length));
        assertThat(read(withExtra)).isEqualTo(FIRST);
    }

    @Test
    void largeContentIsReadInPiecesOfAnySize() throws IOException {
        byte[] content = new byte[300_000];
        new Random(3).nextBytes(content);
        byte[] file = Gzip.joined(Gzip.of(content), Gzip.of(content));
        for (int size : List.of(1, 4096, 1 << 20)) {
            try (InputStream in = new GzipMembers(new ByteArrayInputStream(file))) {
                assertThat(in.readNBytes(100)).isEqualTo(Arrays.copyOf(content, 100));
                byte[] piece = new byte[size];
                int total = 100;
                for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                    total += count;
                }
                assertThat(total).isEqualTo(2 * content.length);
            }
        }
    }

    private static byte[] read(byte[] file) throws IOException {
        try (InputStream in = new GzipMembers(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        }
    }
}
