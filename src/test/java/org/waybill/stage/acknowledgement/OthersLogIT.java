package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.format.accesslog.Logs;
import org.waybill.run.Counts;

/** A public web site's log of 2015 is read as if it were of ours: each line is known for what it is, and proves nothing. */
class OthersLogIT {

    private static final long LINES = 6000;

    @TempDir
    private Path home;

    @Test
    void eachLineIsReadAndProvesNothing() throws Exception {
        try (Clinic clinic = Clinic.in(home, Clinic.ACKNOWLEDGEMENT.replace("format: proof", "format: combined"))) {
            clinic.deliver("N-1", "S-2");
            Files.write(clinic.log, Logs.resource("combined-6000.log"));

            assertThat(clinic.read().counts()).isEqualTo(new Counts(LINES, 0, 0, LINES, 0, Files.size(clinic.log)));

            assertThat(clinic.lines()).isEqualTo(LINES);
            assertThat(clinic.rows("select count(*) from log_unparseable")).containsExactly("0");
            assertThat(clinic.ignored()) // one asks for a path that is no UTF-8
                    .containsExactly("NO_REQUEST 1", "OTHER_METHOD 27", "OTHER_PATH 5383", "OTHER_STATUS 589");
            assertThat(clinic.receipts()).isEmpty();
            assertThat(clinic.read().counts().found()).as("read again").isZero();
        }
    }
}
