package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.run.Counts;

/** What a real Apache logs when real clients fetch, and what is concluded from that. */
@Tag("oracle")
class ApacheIT {

    private static final int LARGE = 24_000_000; // more than the buffers of a connection hold

    private static final String ACKNOWLEDGEMENT = """
            acknowledgement:
              logs:
                - { name: web, files: logs/access.log*, format: proof, channel: web, url-path: /results }
              own-addresses: [127.0.0.2]
              users:
                north: [nora]
                south: [sam]
            """;

    @TempDir
    Path home;

    private Clinic clinic;
    private ApacheServer server;
    private int requests = 1; // the first asks whether it is up

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x")); // Apache has another user
        clinic = Clinic.in(home, ACKNOWLEDGEMENT);
        server = ApacheServer.start(
                Files.createDirectory(home.resolve("httpd")),
                home.resolve("www"),
                clinic.log,
                Map.of("nora", "n", "sam", "s"));
        for (String name : List.of("N-whole", "N-pieces", "N-broken", "N-part", "N-looked", "N-own", "N-many", "S-1")) {
            byte[] content = new byte[LARGE];
            new Random(name.hashCode()).nextBytes(content);
            Files.write(home.resolve("incoming").resolve(name), content);
        }
        clinic.deliverWhatCame(8);
        Thread.sleep(1100); // logs have whole seconds
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            server.close();
        }
        if (clinic != null) {
            clinic.close();
        }
    }

    @Test
    void justWhatWasSentInFullIs() throws Exception {
        fetch(0, "nora:n", "clinics/north/N-whole");
        fetch(0, "nora:n", "clinics/north/N-pieces", "-r", "9000000-");
        fetch(28, "nora:n", "clinics/north/N-broken", "--limit-rate", "500k", "--max-time", "1");
        fetch(0, "nora:n", "clinics/north/N-part", "-r", "0-" + (LARGE - 2));
        fetch(0, "nora:n", "clinics/north/N-looked", "-I");
        fetch(0, "nora:wrong", "clinics/north/N-looked");
        fetch(0, "sam:s", "clinics/north/N-looked");
        fetch(0, "nora:n", "clinics/north/N-missing");
        fetch(0, "nora:n", "N-looked");
        fetch(0, "nora:n", "clinics/north/N-own", "--interface", "127.0.0.2");
        fetch(0, "nora:n", "clinics/north/N-many", "-r", "0-9,20-" + (LARGE - 1));
        fetch(0, "sam:s", "south/S-1", "-A", "Googlebot/2.1");
        server.awaitLines(requests);
        Path rotated = home.resolve("logs/access.log.1");

        assertThat(clinic.read().counts().found()).isEqualTo(requests);
        assertThat(clinic.receipts())
                .containsExactly(
                        "clinics/north/N-broken P1",
                        "clinics/north/N-many P1",
                        "clinics/north/N-part P1",
                        "clinics/north/N-pieces P1",
                        "clinics/north/N-whole P1 P2");
        assertThat(clinic.ignored())
                .containsExactly("OTHER_METHOD 1", "OTHER_STATUS 4", "OTHER_USER 1", "OWN_ADDRESS 1", "ROBOT 1");

        fetch(0, "nora:n", "clinics/north/N-pieces", "-r", "0-8999999");
        server.awaitLines(requests);
        server.rotate(rotated);
        requests = 0;
        fetch(0, "sam:s", "south/S-1");
        server.awaitLines(requests);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(home.resolve("logs/access.log.1.gz")))) {
            Files.copy(rotated, out);
        }
        Files.delete(rotated);

        String before = clinic.rows("select count(*) from log_request").get(0);
        clinic.kill(() ->
                !clinic.rows("select status from run where status = 'STARTED'").isEmpty());
        clinic.read();
        assertThat(clinic.rows("select count(*) from log_request"))
                .containsExactly(Long.toString(Long.parseLong(before) + 2));
        assertThat(clinic.receipts())
                .contains("clinics/north/N-pieces P1 P2", "south/S-1 P1 P2")
                .contains("clinics/north/N-broken P1", "clinics/north/N-part P1")
                .hasSize(6);
        assertThat(clinic.read().counts()).isEqualTo(Counts.NONE);
        assertThat(clinic.gaps()).isZero();
        assertThat(clinic.rows("select fault || ' ' || line from log_unparseable"))
                .isEmpty();
    }

    private void fetch(int exit, String user, String path, String... options) throws Exception {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(options, 0, arguments, 0, options.length);
        List<String> rest = List.of("-u", user, "-o", "/dev/null", server.url(path));
        for (int i = 0; i < rest.size(); i++) {
            arguments[options.length + i] = rest.get(i);
        }
        assertThat(ApacheServer.curl(arguments)).as(path).isEqualTo(exit);
        requests++;
    }
}
