package org.waybill.stage.processing.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.Mutation;
import org.waybill.format.Side;
import org.waybill.format.checksum.lane.Lanes;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.DataFile.DeclaredChecksum;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Reason;
import org.waybill.route.RouteFiles;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;
import org.waybill.stage.processing.checks.Checks;
import org.waybill.storage.UnpublishedFile;

/** A .cip has no seal: what its size does not tell is told by the declared checksums, and by nothing else. */
class EgaAesDamageTest {

    private static final int MUTANTS = 10_000;
    private static final int COUNTER = 16;
    private static final String TOLD_NOWHERE =
            ": bytes were changed, from byte 0 on, or the password or its bits are wrong; .cip does not tell";
    private static final String AS_SENT =
            ": the file is as it was sent, so the password, its bits or the declared checksum is wrong";

    @TempDir
    Path home;

    private final byte[] plain = bytes(300);
    private byte[] whole = {};

    /** What a manifest says of a file. */
    private enum Declared {
        PLAIN_DIGEST,
        PLAIN_SIZE_AND_DIGEST,
        BOTH_DIGESTS,
        BOTH_SIZES_AND_DIGESTS;

        boolean hasPlainSize() {
            return this == PLAIN_SIZE_AND_DIGEST || this == BOTH_SIZES_AND_DIGESTS;
        }

        boolean hasEncryptedDigest() {
            return this == BOTH_DIGESTS || this == BOTH_SIZES_AND_DIGESTS;
        }
    }

    /** Why a file was refused; without a reason, it was accepted. */
    private record Verdict(@Nullable Reason reason, String detail) {}

    @BeforeEach
    void encrypt() throws IOException {
        Uploads.in(home);
        Files.createDirectories(home.resolve("out"));
        whole = Uploads.inEgaAes(Uploads.AES_PASSWORD, plain, 128);
    }

    /** Seeded: a mutant that is judged wrongly can be made again. */
    @Test
    void acceptsNoneOfTenThousandMutantsAndSaysWhatIsWrongAndWhere() throws Exception {
        Random random = new Random(20_261_121);
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        try (Judge judge = new Judge()) {
            for (int i = 0; i < MUTANTS; i++) {
                Declared declared = Declared.values()[random.nextInt(Declared.values().length)];
                byte[] mutant = Mutation.any(random).apply(whole, random);

                Verdict verdict = judge.of(mutant, declared);

                assertThat(verdict).as("mutant %d, %s", i, declared).isEqualTo(expected(mutant, declared));
                if (verdict.reason() != null) {
                    reasons.merge(verdict.reason(), 1, Integer::sum);
                }
            }
        }
        assertThat(reasons)
                .containsOnlyKeys(
                        Reason.TRUNCATED,
                        Reason.ENCRYPTED_SIZE_MISMATCH,
                        Reason.ENCRYPTED_CHECKSUM_MISMATCH,
                        Reason.PLAIN_SIZE_MISMATCH,
                        Reason.PLAIN_CHECKSUM_MISMATCH)
                .allSatisfy(
                        (reason, count) -> assertThat(count).as("%s", reason).isGreaterThan(30));
        assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(MUTANTS * 9 / 10);
    }

    @Test
    void tellsEveryCut() throws Exception {
        try (Judge judge = new Judge()) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                for (Declared declared : Declared.values()) {
                    assertThat(judge.of(cut, declared))
                            .as("%d bytes, %s", length, declared)
                            .isEqualTo(expected(cut, declared));
                }
            }
        }
    }

    @Test
    void saysThatTheFileIsAsItWasSentIfItIs() throws Exception {
        whole = Uploads.inEgaAes("another", plain, 128);
        try (Judge judge = new Judge()) {
            assertThat(judge.of(whole, Declared.BOTH_DIGESTS).detail()).endsWith(AS_SENT);
            assertThat(judge.of(whole, Declared.PLAIN_DIGEST).detail()).endsWith(TOLD_NOWHERE);
        }
        whole = Uploads.inEgaAes(Uploads.AES_PASSWORD, plain, 256);
        try (Judge judge = new Judge()) {
            assertThat(judge.of(whole, Declared.BOTH_SIZES_AND_DIGESTS).reason())
                    .isEqualTo(Reason.PLAIN_CHECKSUM_MISMATCH);
        }
    }

    @Test
    void acceptsTheWholeFile() throws Exception {
        try (Judge judge = new Judge()) {
            for (Declared declared : Declared.values()) {
                assertThat(judge.of(whole, declared).reason()).isNull();
            }
        }
    }

    /** Written down apart from the code that is tested: what is wrong with a mutant, and at which byte. */
    private Verdict expected(byte[] mutant, Declared declared) {
        if (Arrays.equals(mutant, whole)) {
            return new Verdict(null, "");
        }
        int length = mutant.length;
        if (declared == Declared.BOTH_SIZES_AND_DIGESTS && length != whole.length) {
            return new Verdict(Reason.ENCRYPTED_SIZE_MISMATCH, "expected " + whole.length + " bytes, found " + length);
        }
        if (length < COUNTER) {
            return new Verdict(
                    Reason.TRUNCATED, "an EGA AES file starts with 16 bytes of counter (at byte " + length + ")");
        }
        if (declared.hasPlainSize() && length != whole.length) {
            String sizes = "expected 300 bytes, found " + (length - COUNTER);
            return new Verdict(
                    Reason.PLAIN_SIZE_MISMATCH,
                    length < whole.length
                            ? sizes + ": cut at byte " + length + " of 316"
                            : sizes + ": " + (length - 316) + " too many, perhaps those from byte 316 on");
        }
        return declared.hasEncryptedDigest()
                ? new Verdict(Reason.ENCRYPTED_CHECKSUM_MISMATCH, "expected " + md5(whole) + ", found " + md5(mutant))
                : new Verdict(
                        Reason.PLAIN_CHECKSUM_MISMATCH,
                        "expected " + md5(plain) + ", found " + md5(decrypted(mutant)) + TOLD_NOWHERE);
    }

    /** Passes over one file after the other, and sees that nothing is left of those that are refused. */
    private final class Judge implements AutoCloseable {

        private final Lanes lanes = new Lanes();
        private final Keyring keyring = Keyring.open(new RouteFiles(home).named("ega"));
        private final Pass pass = new Pass(keyring, false, new Checks(Optional.empty()), lanes, new Watch() {
            @Override
            public void read(long bytes) {}

            @Override
            public void passedOver() {}

            @Override
            public void beforePublishing() {}
        });

        Verdict of(byte[] mutant, Declared declared) throws IOException {
            Path received = Files.write(home.resolve("received"), mutant);
            UnpublishedFile result = UnpublishedFile.beside(home.resolve("out/result"));
            try {
                pass.over(file(mutant.length, declared), received, result);
                return new Verdict(null, "");
            } catch (FileRejectedException e) {
                return new Verdict(e.reason(), e.detail());
            } finally {
                result.close();
                assertThat(Floor.filesBelow(home.resolve("out"))).isEmpty();
            }
        }

        @Override
        public void close() throws Exception {
            keyring.close();
            lanes.close();
        }
    }

    private DataFile file(long receivedBytes, Declared declared) {
        List<DeclaredChecksum> checksums = new ArrayList<>(List.of(new DeclaredChecksum(Side.PLAIN, md5(plain))));
        if (declared.hasEncryptedDigest()) {
            checksums.add(new DeclaredChecksum(Side.ENCRYPTED, md5(whole)));
        }
        return new DataFile(
                1,
                "a.bam",
                FileState.ARRIVED,
                "a.bam.cip",
                receivedBytes,
                declared.hasPlainSize() ? (long) plain.length : null,
                declared == Declared.BOTH_SIZES_AND_DIGESTS ? (long) whole.length : null,
                checksums);
    }

    private byte[] decrypted(byte[] mutant) {
        try (var key = EgaAesKey.derive(Uploads.AES_PASSWORD.toCharArray(), 128);
                var in = new EgaAesInputStream(new ByteArrayInputStream(mutant), key)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Checksum md5(byte[] bytes) {
        return Checksum.of(
                ChecksumAlgorithm.MD5, ChecksumAlgorithm.MD5.newDigest().digest(bytes));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
