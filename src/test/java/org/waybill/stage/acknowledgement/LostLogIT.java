package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.run.failure.Decisions;
import org.waybill.run.failure.Decisions.Verdict;
import org.waybill.run.failure.OpenFailures;

/** When a log that was lost needs a person, and when it does not. */
class LostLogIT {

    private static final String N1 = "/results/clinics/north/N-1";
    private static final int SIZE = Clinic.size("N-1");

    @TempDir
    Path home;

    private Clinic clinic;
    private OpenFailures open;
    private Decisions decisions;
    private long noticed; // by this run

    @BeforeEach
    void loseALog() throws IOException {
        clinic = Clinic.in(home);
        open = clinic.house().bean(OpenFailures.class);
        decisions = clinic.house().bean(Decisions.class);
        clinic.deliver("N-1");
        clinic.log(clinic.get(N1, 1));
        clinic.read();
        clinic.log(clinic.get(N1, SIZE));
        Files.delete(clinic.log);
        clinic.log(clinic.get(N1, 1));
        noticed = Objects.requireNonNull(clinic.read().runId());
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    @Test
    void itDoesWhileAReceiptOfItsTimeIsWaitedForAndNobodyHasAcknowledgedIt() {
        assertThat(open.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.runId()).isEqualTo(noticed);
            assertThat(gap.log()).isEqualTo("web");
            assertThat(gap.fileName()).isEqualTo("access.log");
            assertThat(gap.from()).isBefore(gap.to());
        });
        assertThat(decisions.stateOfRun(noticed)).hasValue("OPEN");

        assertThat(acknowledge(Instant.now().minusSeconds(1))).isTrue();
        assertThat(open.gaps()).as("the acknowledgement has ended").hasSize(1);

        assertThat(acknowledge(null)).isTrue();
        assertThat(open.gaps()).isEmpty();
        assertThat(decisions.stateOfRun(noticed)).hasValue("ACKNOWLEDGED");
    }

    @Test
    void itDoesNotOnceAllIsReceivedThatWasPlacedBefore() throws Exception {
        assertThat(open.gaps()).hasSize(1);

        clinic.log(clinic.get(N1, SIZE));
        clinic.read();

        assertThat(clinic.receipts()).singleElement().asString().endsWith("P2");
        assertThat(open.gaps()).isEmpty();
        assertThat(decisions.stateOfRun(noticed)).hasValue("SUPERSEDED");
        assertThat(acknowledge(null)).isFalse();
        assertThat(clinic.report().verdict()).contains("1 access log has a gap");
    }

    private boolean acknowledge(@Nullable Instant until) {
        return decisions.acknowledgeRun(noticed, new Verdict("the disk was changed", "ada", until));
    }
}
