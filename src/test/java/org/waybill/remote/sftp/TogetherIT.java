package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.remote.sftp.BadLine.Kind;
import org.waybill.remote.sftp.Delivered.Outcome;
import org.waybill.remote.sftp.file.Proof;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.session.SftpBrokenException;

/** Small files that are sent together, to the real sshd. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TogetherIT {

    private static final Instant MODIFIED = Instant.parse("2025-03-04T05:06:07Z");

    @TempDir
    private static Path serverFolder = Path.of("");

    private static OpenSshServer server;
    private static SftpPartner partner;

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
    void eachIsSentForcedProvenAndNamed() throws IOException {
        List<Integer> sizes = new ArrayList<>(List.of(1, 2, 31_999, 32_000, 32_001, 64_000, 64_001, 131_071, 131_072));
        for (int i = 0; i < 20; i++) {
            sizes.add(4096 + i);
        }
        Map<Upload, Bytes> contents = new LinkedHashMap<>();
        for (int size : sizes) {
            Bytes content = Bytes.random(size, size);
            contents.put(upload("file " + size, content).withMode(0640).modifiedAt(MODIFIED), content);
        }

        Map<Upload, Delivered> delivered = partner.putTogether(List.copyOf(contents.keySet()));

        assertThat(delivered.keySet()).isEqualTo(contents.keySet());
        for (Map.Entry<Upload, Bytes> each : contents.entrySet()) {
            Bytes content = each.getValue();
            long size = content.sizeBytes();
            assertThat(delivered.get(each.getKey()))
                    .isEqualTo(new Delivered(Outcome.SENT, size, content.hash(), Proof.READ_BACK, true, size));
            Path file = Path.of(each.getKey().path());
            assertThat(Files.readAllBytes(file)).isEqualTo(content.bytes());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
            assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(MODIFIED);
        }
        assertThat(names()).hasSize(sizes.size());
    }

    /** Neither is anything taken for delivered that is not, nor are the others held up. */
    @Test
    void whatHasSomethingInItsWayIsLeftForWhoPutsItAlone() throws IOException {
        Bytes content = Bytes.random(1, 50_000);
        Files.writeString(inbox.resolve("taken"), "other content");
        Files.write(inbox.resolve("done"), content.bytes());
        Files.write(inbox.resolve(".begun.token.part"), Arrays.copyOf(content.bytes(), 20_000));
        Files.createDirectory(inbox.resolve(".blocked.token.part"));
        List<Upload> free = List.of(upload("first", content), upload("last", content));
        List<Upload> others = List.of(
                upload("taken", content),
                upload("done", content),
                upload("begun", content),
                upload("blocked", content),
                upload("no folder/file", content),
                upload("empty", new Bytes(new byte[0])),
                upload("large", Bytes.random(2, 131_073)),
                upload("newer", content).replacing(),
                upload("changed", new Changed(content)));
        List<Upload> all = new ArrayList<>(others);
        all.add(0, free.get(0));
        all.add(free.get(1));

        Map<Upload, Delivered> delivered = partner.putTogether(all);

        assertThat(delivered.keySet()).containsExactlyInAnyOrderElementsOf(free);
        assertThat(inbox.resolve("taken")).hasContent("other content");
        assertThat(names())
                .containsExactly(".begun.token.part", ".blocked.token.part", "done", "first", "last", "taken");

        List<Outcome> outcomes = new ArrayList<>();
        for (String name : List.of("done", "begun", "empty", "large", "newer")) {
            outcomes.add(partner.put(others.stream()
                            .filter(each -> each.path().endsWith("/" + name))
                            .findFirst()
                            .orElseThrow())
                    .outcome());
        }
        assertThat(outcomes)
                .containsExactly(Outcome.ALREADY_THERE, Outcome.RESUMED, Outcome.SENT, Outcome.SENT, Outcome.SENT);
        assertThatThrownBy(() -> partner.put(others.get(0))).isInstanceOf(SftpRefusedException.class);
        assertThatThrownBy(() -> partner.put(others.get(8))).isInstanceOf(ContentFaultException.class);
    }

    @Test
    void ofTwoWithTheSameNameOneIsDelivered() throws IOException {
        Bytes one = Bytes.random(3, 1000);
        Upload first = Upload.of(inbox + "/file", one, "1");
        Upload second = Upload.of(inbox + "/file", Bytes.random(4, 1000), "2");

        assertThat(partner.putTogether(List.of(first, second))).containsOnlyKeys(first);
        assertThat(Files.readAllBytes(inbox.resolve("file"))).isEqualTo(one.bytes());
    }

    @Test
    void whatTheySayBeforeNamingIsSaidOnceAndMayPreventIt() throws IOException {
        AtomicInteger said = new AtomicInteger();
        Runnable counting = said::incrementAndGet;
        Runnable refusing = () -> {
            throw new IllegalStateException("not ours any more");
        };
        Bytes content = Bytes.random(5, 1000);

        partner.putTogether(List.of(
                upload("a", content).asking(counting), upload("b", content).asking(counting)));
        assertThatThrownBy(() -> partner.putTogether(List.of(
                        upload("c", content).asking(counting),
                        upload("d", content).asking(refusing))))
                .hasMessage("not ours any more");

        assertThat(said).hasValue(2);
        assertThat(names()).containsExactly(".c.token.part", ".d.token.part", "a", "b");
    }

    /** Wherever the line is cut: who puts each by itself then has all, and nothing is left. */
    @Test
    void afterACutEachIsGoneOnWith() throws IOException {
        Random random = new Random(6);
        for (int i = 0; i < 30; i++) {
            List<Upload> uploads = new ArrayList<>();
            for (int file = 0; file < 12; file++) {
                uploads.add(upload(i + "-" + file, Bytes.random(file, 40_000)));
            }
            try (BadLine line = new BadLine(server.port());
                    SftpPartner far = new SftpPartner(
                            server.address(line.port()), server.login(), server.knownHosts(), Patience.LONG)) {
                line.next(i % 2 == 0 ? Kind.CUT : Kind.RESET, 7_000 + random.nextInt(480_000));
                assertThatThrownBy(() -> far.putTogether(uploads)).isInstanceOf(SftpBrokenException.class);
                for (Upload each : uploads) {
                    far.put(each);
                    assertThat(Files.readAllBytes(Path.of(each.path())))
                            .isEqualTo(each.content().from(0).readAllBytes());
                }
            }
        }
        assertThat(names()).hasSize(360).noneMatch(name -> name.endsWith(".part"));
    }

    /** Not what it says that it is. */
    private record Changed(Bytes content) implements Content {

        @Override
        public long sizeBytes() {
            return content.sizeBytes();
        }

        @Override
        public Optional<String> sha256() {
            return Optional.of("00");
        }

        @Override
        public InputStream from(long offset) throws IOException {
            return content.from(offset);
        }
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
