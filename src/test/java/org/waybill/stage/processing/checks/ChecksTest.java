package org.waybill.stage.processing.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.waybill.format.document.Documents;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Reason;
import org.waybill.ledger.checked.Evidence;
import org.waybill.route.checks.ContentChecks;
import org.waybill.route.checks.NameRule;

class ChecksTest {

    private static final NameRule BHS =
            new NameRule("bhs", "^(?<identifier>066\\-(?<site>[0-9]{2})[0-9]{6}\\-[0-9]{1})\\.(pdf|txt|rtf)$");
    private static final NameRule OPEN = new NameRule("open", "note(?<identifier>[0-9]+)?\\.pdf");
    private static final String NAME = "site/066-12000001-3.pdf";

    private final Checks strict =
            checks(List.of(BHS, OPEN), List.of("application/pdf", "application/rtf"), true, 10_000_000);

    @Test
    void resultThatNamesItsSubjectPassesWithItsEvidence() throws Exception {
        assertThat(judged(strict, NAME, Documents.pdf("Result", "of 066-12000001-3")))
                .contains(new Evidence("application/pdf", "bhs", 2, 3, null));
    }

    @Test
    void eachFaultHasItsReason() {
        byte[] right = Documents.pdf("066-12000001-3");
        assertThat(refused(strict, "066-12000001-3.pdf.exe", right)).isEqualTo(Reason.NAME_NOT_ALLOWED);
        assertThat(refused(strict, "x066-12000001-3.pdf", right)).isEqualTo(Reason.NAME_NOT_ALLOWED);
        assertThat(refused(strict, "note.pdf", right)).isEqualTo(Reason.NAME_NOT_ALLOWED);
        assertThat(refused(strict, NAME, "066-12000001-3".getBytes(UTF_8))).isEqualTo(Reason.TYPE_NOT_ALLOWED);
        assertThat(refused(strict, NAME, new byte[0])).isEqualTo(Reason.TYPE_NOT_ALLOWED);
        assertThat(refused(strict, NAME, Documents.word("<w:p/>"))).isEqualTo(Reason.TYPE_NOT_ALLOWED);
        assertThat(refused(strict, NAME, Documents.pdf("066-12000001-4 1066-12000001-31")))
                .isEqualTo(Reason.IDENTIFIER_NOT_IN_TEXT);
        assertThat(refused(strict, NAME, Documents.scan())).isEqualTo(Reason.UNREADABLE_DOCUMENT);
        assertThat(refused(strict, NAME, Documents.locked("o", "", "066-12000001-3")))
                .isEqualTo(Reason.UNREADABLE_DOCUMENT);
        assertThat(refused(strict, "066-12000001-3.rtf", "{\\rtf1 066-12000001-3}".getBytes(UTF_8)))
                .isEqualTo(Reason.UNREADABLE_DOCUMENT);
    }

    @Test
    void whatGrowsBeyondTheLimitIsRefusedBeforeItDoes() throws Exception {
        Checks small = checks(List.of(), List.of(), false, 3_000_000);
        assertThat(judged(small, "a", new byte[3_000_000])).isPresent();
        assertThat(refused(small, "a", new byte[3_000_001])).isEqualTo(Reason.INFLATES_TOO_MUCH);
    }

    @Test
    void eachFileIsJudgedByItsOwnContent() throws Exception {
        Checks typed = checks(List.of(), List.of(), false, 3_000_000);
        assertThat(refused(typed, "a", new byte[3_000_001])).isEqualTo(Reason.INFLATES_TOO_MUCH);
        typed.erase();
        assertThat(judged(typed, "a", "text".getBytes(UTF_8)))
                .contains(new Evidence("text/plain", null, null, null, null));
        assertThat(judged(typed, "a", Documents.pdf("x")))
                .contains(new Evidence("application/pdf", null, null, null, null));
    }

    @Test
    void routeWithoutChecksCollectsNothing() throws Exception {
        assertThat(judged(new Checks(Optional.empty()), "a", new byte[10])).isEmpty();
    }

    private static Checks checks(List<NameRule> names, List<String> types, boolean inText, long maxSize) {
        return new Checks(Optional.of(new ContentChecks(names, types, inText, maxSize, UTF_8, Optional.empty())));
    }

    private static Optional<Evidence> judged(Checks checks, String path, byte[] content) throws Exception {
        byte[] buffer = new byte[65_536];
        for (int at = 0; at < content.length; at += buffer.length) {
            int count = Math.min(buffer.length, content.length - at);
            System.arraycopy(content, at, buffer, 0, count);
            checks.add(buffer, count);
        }
        DataFile file = new DataFile(1, path, FileState.ARRIVED, path, 1L, null, null, List.of());
        return checks.judge(file, () -> {});
    }

    private static Reason refused(Checks checks, String path, byte[] content) {
        FileRejectedException refused =
                catchThrowableOfType(FileRejectedException.class, () -> judged(checks, path, content));
        assertThat(refused).as(path).isNotNull();
        assertThat(refused.detail()).doesNotContain("066-12000001");
        return refused.reason();
    }
}
