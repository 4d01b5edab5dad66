package org.waybill.format.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;

class DigestsTest {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    /** RFC 1321 and FIPS 180-4. */
    private static final List<Checksum> OF_ABC = List.of(
            new Checksum(ChecksumAlgorithm.MD5, "900150983cd24fb0d6963f7d28e17f72"),
            new Checksum(ChecksumAlgorithm.SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            new Checksum(ChecksumAlgorithm.SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            new Checksum(
                    ChecksumAlgorithm.SHA512,
                    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"));

    private final Digests digests = new Digests(EnumSet.allOf(ChecksumAlgorithm.class));

    @Test
    void givesAllAlgorithmsInTheirOrder() {
        digests.update(ABC, 0, 3);

        assertThat(digests.finish()).isEqualTo(OF_ABC);
    }

    @Test
    void startsAnewWhenFinished() {
        digests.update(ABC, 0, 2);
        digests.finish();
        digests.update(ABC, 0, 1);
        digests.update(ABC, 1, 2);

        assertThat(digests.finish()).isEqualTo(OF_ABC);
    }

    @Test
    void givesOnlyWhatWasAskedFor() {
        Digests some = new Digests(Set.of(ChecksumAlgorithm.SHA256, ChecksumAlgorithm.MD5));
        some.update(ABC, 0, 3);

        assertThat(some.finish()).containsExactly(OF_ABC.get(0), OF_ABC.get(2));
    }

    @Test
    void countsAndDigestsWhatIsRead() throws IOException {
        try (DigestingInputStream in = new DigestingInputStream(new ByteArrayInputStream(ABC), digests)) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.skip(1)).isEqualTo(1);
            assertThat(in.read(new byte[9])).isEqualTo(1);
            assertThat(in.read(new byte[9])).isEqualTo(-1);
            assertThat(in.skip(1)).isZero();
            assertThat(in.read()).isEqualTo(-1);

            assertThat(in.count()).isEqualTo(3);
            assertThat(in.finish()).isEqualTo(OF_ABC);
        }
    }

    @Test
    void canNotBeSetBack() throws IOException {
        try (DigestingInputStream in = new DigestingInputStream(new ByteArrayInputStream(ABC), digests)) {
            assertThat(in.markSupported()).isFalse();
            assertThatThrownBy(in::reset).isInstanceOf(IOException.class);
        }
    }

    @Test
    void countsAndDigestsWhatIsWritten() throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (DigestingOutputStream out = new DigestingOutputStream(sink, digests)) {
            out.write('a');
            out.write(ABC, 1, 2);

            assertThat(out.count()).isEqualTo(3);
            assertThat(out.finish()).isEqualTo(OF_ABC);
            assertThat(sink.toByteArray()).isEqualTo(ABC);
        }
    }

    @Test
    void doesNotCountWhatTheSinkRefused() throws IOException {
        IOException full = new IOException("No space left on device");
        OutputStream sink = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw full;
            }
        };
        try (DigestingOutputStream out = new DigestingOutputStream(sink, digests)) {
            assertThatThrownBy(() -> out.write(ABC)).isSameAs(full);

            assertThat(out.count()).isZero();
        }
    }
}
