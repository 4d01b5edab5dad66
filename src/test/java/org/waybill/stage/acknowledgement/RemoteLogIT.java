package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.remote.sftp.OpenSshServer;
import org.waybill.run.Counts;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/** Logs that stay on their server: only what is new is read from there, and it counts as if they were here. */
class RemoteLogIT {

    private static final String ACKNOWLEDGEMENT = """
            acknowledgement:
              logs:
                - name: web
                  files: %s/access.log*
                  sftp: { host: 127.0.0.1, port: %d, user: "%s", key: keys/login, known-hosts: keys/known_hosts }
                  format: proof
                  channel: web
                  url-path: /results
            """;
    private static final String N1 = "/results/clinics/north/N-1";
    private static final int SIZE = Clinic.size("N-1");

    @TempDir
    Path folder;

    private Path home;
    private OpenSshServer server;
    private Clinic clinic;

    @BeforeEach
    void open() throws Exception {
        home = folder.resolve("home");
        server = OpenSshServer.start(Files.createDirectory(folder.resolve("sshd")));
        clinic = Clinic.in(
                home, ACKNOWLEDGEMENT.formatted(home.resolve("logs"), server.port(), System.getProperty("user.name")));
        Files.copy(server.userKey(), home.resolve("keys/login"));
        Files.setPosixFilePermissions(home.resolve("keys/login"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(home.resolve("keys/known_hosts"), server.knownHostsLine());
        clinic.deliver("N-1");
    }

    @AfterEach
    void close() throws Exception {
        clinic.close();
        server.close();
    }

    @Test
    void isReadFromWhereItWasReadBeforeWhateverItIsCalledNow() throws Exception {
        for (int i = 0; i < 3000; i++) {
            clinic.log(clinic.get(N1, SIZE));
        }
        assertThat(clinic.read().counts().done()).isEqualTo(3000);
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1 P2");

        String half = clinic.get(N1, SIZE).text();
        Clinic.append(clinic.log, half.substring(0, 50));
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);
        Clinic.append(clinic.log, half.substring(50) + "\n");
        Files.move(clinic.log, home.resolve("logs/access.log.1"));
        clinic.log(clinic.get(N1, SIZE));
        assertThat(clinic.read().counts().done()).isEqualTo(2);

        Path compressed = home.resolve("logs/access.log.2.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(home.resolve("logs/access.log.1"), out);
            out.write((clinic.get(N1, SIZE).text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.delete(home.resolve("logs/access.log.1"));

        assertThat(clinic.read().counts().done()).isEqualTo(1);
        assertThat(clinic.lines()).isEqualTo(3003);
        assertThat(clinic.gaps()).isZero();
        assertThat(clinic.rows("select ended_as from log_stream order by stream_id"))
                .containsExactly("COMPRESSED", null);
    }

    @Test
    void aServerThatIsAwayFailsTheRunAndLosesNothing() throws Exception {
        clinic.log(clinic.get(N1, SIZE));
        clinic.read();
        clinic.log(clinic.get(N1, SIZE));
        server.kill();

        StageResult failed = clinic.house().run("results", Stage.ACKNOWLEDGEMENT);

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.message()).contains("127.0.0.1:" + server.port());
        assertThat(clinic.gaps()).isZero();

        server.startAgain();
        assertThat(clinic.read().counts().done()).isEqualTo(1);
    }
}
