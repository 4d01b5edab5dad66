package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.torture.Invariants;

/**
 * Claim: each line of a log counts once, whenever the command that reads it is killed. Fault: SIGKILL of the launched command
 * after some pieces of the log were recorded; between two of the kills the log is rotated and compressed. Allowed: the command is
 * dead, a piece is not recorded. Pass: after the last command every line is recorded once, and the receipts are those of the lines.
 */
class KilledAcknowledgementIT {

    private static final int KILLS = Integer.getInteger("waybill.acknowledgement.kills", 4);
    private static final int LINES_BEFORE_A_KILL = 60_000; // three pieces and more
    private static final int ONE_IN = 50; // lines are a request that counts
    private static final long PATIENCE_SECONDS = 120;
    private static final long SEED = Long.getLong("waybill.seed", 20261121);

    @TempDir
    private Path home;

    private Clinic clinic;
    private long written;
    private long facts;

    @BeforeEach
    void open() throws IOException {
        clinic = Clinic.in(home);
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    @Test
    void commandsThatAreKilledCountNoLineTwiceAndLoseNone() throws Exception {
        clinic.deliver("N-1", "N-2", "S-3");
        Random random = new Random(SEED);
        int struck = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            write();
            if (kill == KILLS / 2) {
                rotate();
                write();
            }
            struck += killAfterPieces(1 + random.nextInt(3)) ? 1 : 0;
        }
        Process last = clinic.acknowledge();
        assertThat(last.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();

        System.out.printf("%d of %d commands were killed while they read a log, seed %d%n", struck, KILLS, SEED);
        assertThat(struck).isPositive();
        assertThat(clinic.lines()).isEqualTo(written);
        assertThat(clinic.rows("select count(*) from log_request")).containsExactly(Long.toString(facts));
        assertThat(Invariants.violations(home, clinic.house().jdbc(), List.of()))
                .isEmpty();
        assertThat(clinic.receipts()).containsExactly("clinics/north/N-1 P1 P2");
        assertThat(clinic.gaps()).isZero();
    }

    private void write() throws IOException {
        String fact =
                clinic.get("/results/clinics/north/N-1", Clinic.size("N-1")).text() + "\n";
        String other = clinic.get("/index.html", 1000).text() + "\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES_BEFORE_A_KILL; i++) {
            text.append(i % ONE_IN == 0 ? fact : other);
        }
        Files.writeString(
                clinic.log, text, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        written += LINES_BEFORE_A_KILL;
        facts += LINES_BEFORE_A_KILL / ONE_IN;
    }

    private void rotate() throws IOException {
        Path compressed = home.resolve("logs/access.log.1.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(clinic.log, out);
        }
        Files.delete(clinic.log);
    }

    private boolean killAfterPieces(int pieces) throws Exception {
        long before = pieces();
        return clinic.kill(() -> pieces() >= before + pieces);
    }

    private long pieces() {
        return clinic.house()
                .jdbc()
                .sql("select count(*) from log_reading")
                .query(Long.class)
                .single();
    }
}
