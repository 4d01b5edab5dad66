package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.remote.sftp.Delivered.Outcome;
import org.waybill.remote.sftp.SftpPartner.Removal;
import org.waybill.remote.sftp.file.Proof;
import org.waybill.remote.sftp.file.RemoteFile;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;

/** What is promised, against the real sshd. */
class OpenSshIT {

    @TempDir
    private static Path serverFolder = Path.of("");

    private static OpenSshServer server;
    private static SftpPartner partner; // one connection for all

    @TempDir
    private Path inbox = Path.of("");

    @BeforeAll
    static void connect() throws Exception {
        server = OpenSshServer.start(serverFolder);
        partner = new SftpPartner(server.address(), server.login(), server.knownHosts(), Patience.LONG);
    }

    @AfterAll
    static void disconnect() throws Exception {
        partner.close();
        server.close();
    }

    @Test
    void aFileIsSentForcedProvenAndNamed() throws IOException {
        Bytes content = Bytes.random(1, 5_000_000);

        Delivered delivered = partner.put(Upload.of(inbox + "/a result.pdf", content, "t-1")
                .withMode(0640)
                .modifiedAt(Instant.parse("2025-03-04T05:06:07Z")));

        assertThat(delivered)
                .isEqualTo(new Delivered(Outcome.SENT, 5_000_000, content.hash(), Proof.READ_BACK, true, 5_000_000));
        Path file = inbox.resolve("a result.pdf");
        assertThat(Files.readAllBytes(file)).isEqualTo(content.bytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo("2025-03-04T05:06:07Z");
        assertThat(names()).containsExactly("a result.pdf");
    }

    /** Around what goes into one request, and into all that are on their way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 261_119, 261_120, 261_121, 5 * 261_120, 10 * 261_120 + 1})
    void eachLengthIsSentAndProven(int size) throws IOException {
        Bytes content = Bytes.random(size, size);

        Delivered delivered = partner.put(upload("file", content));

        assertThat(delivered).isEqualTo(new Delivered(Outcome.SENT, size, content.hash(), Proof.READ_BACK, true, size));
        assertThat(Files.readAllBytes(inbox.resolve("file"))).isEqualTo(content.bytes());
    }

    @Test
    void whatIsDoneAlreadyIsNotDoneAgain() throws IOException {
        Bytes content = Bytes.random(2, 100_000);
        partner.put(upload("file", content));

        Delivered again = partner.put(upload("file", content));

        assertThat(again)
                .isEqualTo(new Delivered(Outcome.ALREADY_THERE, 100_000, content.hash(), Proof.READ_BACK, false, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {99_999, 100_000})
    void otherContentOfThatNameIsRefusedAndStays(int size) throws IOException {
        Bytes other = Bytes.random(3, size);
        Files.write(inbox.resolve("file"), other.bytes());

        assertThatThrownBy(() -> partner.put(upload("file", Bytes.random(4, 100_000))))
                .isInstanceOfSatisfying(
                        SftpRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXISTS))
                .hasMessageContaining("with other content (" + size + " bytes, ours has 100000)");
        assertThat(Files.readAllBytes(inbox.resolve("file"))).isEqualTo(other.bytes());
    }

    /** Nobody who asks for the name in between may see nothing, or a part. */
    @Test
    void atNoMomentOfManyReplacementsIsTheNameMissingOrItsContentHalf() throws Exception {
        Path file = inbox.resolve("file");
        Set<String> versions = new HashSet<>();
        for (int i = 0; i <= 200; i++) {
            versions.add(Bytes.random(i, 50_000).hash());
        }
        partner.put(upload("file", Bytes.random(0, 50_000)));
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        ExecutorService watcher = Executors.newSingleThreadExecutor();
        try {
            Future<Set<String>> seen = watcher.submit(() -> {
                Set<String> hashes = new HashSet<>();
                while (!isOver.get()) {
                    hashes.add(new Bytes(Files.readAllBytes(file)).hash()); // fails if it is not there
                    looks.incrementAndGet();
                }
                return hashes;
            });
            for (int i = 1; i <= 200; i++) {
                Delivered delivered =
                        partner.put(upload("file", Bytes.random(i, 50_000)).replacing());
                assertThat(delivered.outcome()).isEqualTo(Outcome.SENT);
            }
            isOver.set(true);

            assertThat(seen.get()).isSubsetOf(versions).hasSizeGreaterThan(1);
            assertThat(looks.get()).isGreaterThan(200);
        } finally {
            watcher.shutdownNow();
        }
        assertThat(names()).containsExactly("file");
    }

    /** A part that is damaged, or longer than the content, is mended where it differs. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 99_999, 100_000, 150_000})
    void aRemnantIsGoneOnWithFromWhereItDiffers(int sameBytes) throws IOException {
        Bytes content = Bytes.random(5, 100_000);
        byte[] remnant = Arrays.copyOf(content.bytes(), 200_000);
        Arrays.fill(remnant, Math.min(sameBytes, 100_000), remnant.length, (byte) 0);
        int kept = Math.min(sameBytes, 100_000);
        if (kept < 100_000) {
            remnant[kept] = (byte) (content.bytes()[kept] + 1);
        }
        Files.write(inbox.resolve(".file.token.part"), remnant);

        Delivered delivered = partner.put(upload("file", content));

        assertThat(delivered.sentBytes()).isEqualTo(100_000 - kept);
        assertThat(Files.readAllBytes(inbox.resolve("file"))).isEqualTo(content.bytes());
        assertThat(names()).containsExactly("file");
    }

    @Test
    void theEmptyFileAndTheLongestNameAreFiles() throws IOException {
        String longest = "ä".repeat(127);
        partner.put(upload("empty", new Bytes(new byte[0])));
        partner.put(upload(longest, Bytes.random(6, 10)));

        assertThat(names()).containsExactly("empty", longest);
    }

    @Test
    void severalThreadsSendAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Delivered>> sending = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> partner.put(upload("file" + i, Bytes.random(i, 10_000 * i)))))
                    .toList();
            for (int i = 0; i < 100; i++) {
                assertThat(sending.get(i).get().sha256())
                        .isEqualTo(Bytes.random(i, 10_000 * i).hash());
                assertThat(Files.readAllBytes(inbox.resolve("file" + i)))
                        .isEqualTo(Bytes.random(i, 10_000 * i).bytes());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).hasSize(100);
        assertThat(server.log().lines().filter(line -> line.startsWith("Accepted")))
                .as("connections")
                .hasSize(1);
    }

    @Test
    void aMissingFolderAndAForbiddenOneAreForAPerson() {
        assertThatThrownBy(() -> partner.put(upload("nowhere/file", Bytes.random(7, 10))))
                .isInstanceOfSatisfying(
                        SftpRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_THERE));
        assertThatThrownBy(() -> partner.put(Upload.of("/sys/kernel/file", Bytes.random(7, 10), "token")))
                .isInstanceOfSatisfying(
                        SftpRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PERMISSION));
    }

    /** The server allows ten channels; one that failed is not used again. */
    @Test
    void manyFailuresDoNotUseUpTheConnection() throws IOException {
        for (int i = 0; i < 15; i++) {
            assertThatThrownBy(() -> partner.put(upload("nowhere/file", Bytes.random(7, 10))))
                    .isInstanceOf(SftpRefusedException.class);
        }
        assertThat(partner.put(upload("file", Bytes.random(7, 10))).outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void foldersAreMadeWithTheirModeAndKept() throws IOException {
        partner.makeFolders(inbox + "/clinic/2025/03", 0750);
        partner.makeFolders(inbox + "/clinic/2025/04", 0700);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inbox.resolve("clinic"))))
                .isEqualTo("rwxr-x---");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inbox.resolve("clinic/2025/04"))))
                .isEqualTo("rwx------");
        assertThat(partner.list(inbox + "/clinic/2025"))
                .extracting(RemoteFile::name)
                .containsExactlyInAnyOrder("03", "04");
        Files.writeString(inbox.resolve("file"), "");
        assertThatThrownBy(() -> partner.makeFolders(inbox + "/file/folder", 0750))
                .isInstanceOf(SftpRefusedException.class)
                .hasMessageContaining("a file has the name");
    }

    @Test
    void aLogIsReadInRanges() throws IOException {
        Bytes log = Bytes.random(8, 1_000_000);
        Files.write(inbox.resolve("access.log"), log.bytes());
        String path = inbox + "/access.log";

        assertThat(partner.stat(path).orElseThrow().sizeBytes()).isEqualTo(1_000_000);
        assertThat(partner.stat(inbox + "/none")).isEmpty();
        assertThat(partner.read(path, 123_456, 100_000)).isEqualTo(Arrays.copyOfRange(log.bytes(), 123_456, 223_456));
        assertThat(partner.read(path, 999_990, 100)).hasSize(10);
        assertThat(partner.read(path, 2_000_000, 100)).isEmpty();
        try (InputStream stream = partner.read(path, 500_000)) {
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(log.bytes(), 500_000, 1_000_000));
        }
        for (int i = 0; i < 20; i++) { // more than there are transfers: each gives its place back
            try (InputStream stream = partner.read(path, 0)) {
                assertThat(stream.read()).isEqualTo(log.bytes()[0] & 0xFF);
            }
        }
    }

    @Test
    void onlyOurOwnContentAndPartsAreRemoved() throws IOException {
        Bytes ours = Bytes.random(9, 1000);
        partner.put(upload("file", ours));
        Files.writeString(inbox.resolve("theirs"), "changed");
        Files.writeString(inbox.resolve(".file.token.part"), "part");
        Files.writeString(inbox.resolve(".file.other.part"), "part");

        assertThat(partner.remove(inbox + "/file", ours.hash())).isEqualTo(Removal.REMOVED);
        assertThat(partner.remove(inbox + "/file", ours.hash())).isEqualTo(Removal.NOT_THERE);
        assertThat(partner.remove(inbox + "/theirs", ours.hash())).isEqualTo(Removal.OTHER_CONTENT);
        assertThat(partner.removeParts(inbox.toString(), "token")).isEqualTo(1);
        assertThat(partner.removeParts(inbox + "/none", "token")).isZero();
        assertThat(names()).containsExactly(".file.other.part", "theirs");
    }

    private Upload upload(String name, Content content) {
        return Upload.of(inbox + "/" + name, content, "token");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
