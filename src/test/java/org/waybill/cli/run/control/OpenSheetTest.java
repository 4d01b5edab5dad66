package org.waybill.cli.run.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.waybill.run.failure.OpenGap;

/** What {@code runs open} says of a lost access log. */
class OpenSheetTest {

    private static OpenSheet of(OpenGap... gaps) {
        return OpenSheet.of(List.of(), List.of(), List.of(), List.of(gaps), "./waybill");
    }

    @Test
    void lostLogIsToldWithItsTimeAndTheCommandToPaste() {
        OpenGap gap = new OpenGap(
                "results",
                "web",
                "access.log.1",
                Instant.parse("2026-11-20T02:00:00Z"),
                Instant.parse("2026-11-21T02:00:00Z"),
                "access.log.1 is gone\u0007",
                17);

        assertThat(of(gap).text())
                .startsWith("access log web of results  lost from 2026-11-20")
                .contains(" to 2026-11-21", gap.cause(), gap.cure())
                .contains("\n      ./waybill runs acknowledge 17 --reason TEXT\n")
                .doesNotContain("\u0007");
        assertThat(of(gap).gaps()).singleElement().satisfies(document -> {
            assertThat(document.runId()).isEqualTo(17);
            assertThat(document.command()).isEqualTo("./waybill runs acknowledge 17 --reason TEXT");
        });
    }

    @Test
    void nothingIsToldOfNothing() {
        assertThat(of().text()).isEqualTo("nothing needs a person");
    }
}
