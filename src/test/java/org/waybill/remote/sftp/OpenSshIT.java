package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.remote.sftp.Delivered.Outcome;
import org.waybill.remote.sftp.file.Proof;

/** What is promised, against the real sshd. */
class OpenSshIT {

    @TempDir
    private static Path serverFolder = Path.of("");

    private static OpenSshServer server;

    @TempDir
    private Path inbox = Path.of("");

    private SftpPartner partner;

    @BeforeAll
    static void startServer() throws Exception {
        server = OpenSshServer.start(serverFolder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        partner = new SftpPartner(server.address(), server.login(), server.knownHosts(), Patience.LONG);
    }

    @AfterEach
    void disconnect() {
        partner.close();
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
        assertThat(file).hasBinaryContent(content.bytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo("2025-03-04T05:06:07Z");
        assertThat(names()).containsExactly("a result.pdf");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
