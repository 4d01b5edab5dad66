package org.waybill.format.document.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.logging.LogFactory;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.Test;
import org.waybill.format.document.ContentType;
import org.waybill.format.document.Documents;
import org.waybill.format.document.Identifier;
import org.waybill.format.document.Identifier.Place;
import org.waybill.format.document.text.UnreadableDocumentException.Kind;

class DocumentReaderTest {

    private static final String ID = "066-12000001-3";
    private static final DocumentReader READER =
            new DocumentReader(DocumentLimits.USUAL, Charset.forName("windows-1252"));

    @Test
    void pdfIsReadPageByPage() throws Exception {
        byte[] pdf = Documents.pdf("Result", "second", "Subject\nNo. " + ID + " end");

        assertThat(ContentType.of(pdf)).isEqualTo("application/pdf");
        assertThat(read(pdf).pages()).hasSize(3);
        assertThat(new Identifier(ID).in(read(pdf))).contains(new Place(3, 12));
    }

    @Test
    void pagesWithoutContentsCount() throws Exception {
        byte[] pdf = Documents.pdf(document -> {
            Documents.addPage(document, "first");
            document.addPage(new org.apache.pdfbox.pdmodel.PDPage());
            Documents.addPage(document, ID);
        });
        assertThat(new Identifier(ID).in(read(pdf))).contains(new Place(3, 0));
    }

    @Test
    void identifierThatALineEndSplitsIsFound() throws Exception {
        assertThat(new Identifier(ID).in(read(Documents.pdf("Subject 066-12000001-\n3 and more"))))
                .contains(new Place(1, 8));
    }

    @Test
    void lockedPdfIsEncryptedWhoeverMayOpenIt() {
        assertThat(refused(Documents.locked("owner", "user", ID))).isEqualTo(Kind.ENCRYPTED);
        assertThat(refused(Documents.locked("owner", "", ID))).isEqualTo(Kind.ENCRYPTED);
    }

    @Test
    void scanIsWithoutText() {
        assertThat(refused(Documents.scan())).isEqualTo(Kind.WITHOUT_TEXT);
        assertThat(refused(Documents.pdf(" "))).isEqualTo(Kind.WITHOUT_TEXT);
    }

    @Test
    void cutPdfIsNeverRead() {
        byte[] pdf = Documents.pdf("page one " + ID, "page two");
        for (int length = 10; length < pdf.length - 8; length += 13) {
            assertThat(refused(Arrays.copyOf(pdf, length), "application/pdf"))
                    .as("%d of %d bytes", length, pdf.length)
                    .isEqualTo(Kind.DAMAGED);
        }
    }

    @Test
    void bombIsBeyondLimits() {
        assertThat(refused(Documents.bomb(300 << 20, COSName.FLATE_DECODE))).isEqualTo(Kind.BEYOND_LIMITS);
    }

    @Test
    void bombInAnotherPackingIsBeyondLimits() {
        byte[] bomb = Documents.bomb(300 << 20, COSName.ASCII_HEX_DECODE, COSName.FLATE_DECODE);
        assertThat(refused(bomb)).isEqualTo(Kind.BEYOND_LIMITS);
    }

    @Test
    void pageOfTooManyGlyphsIsBeyondLimits() {
        byte[] pdf = Documents.pdf("x".repeat(500) + ("\n" + "y".repeat(500)).repeat(500));
        assertThat(refused(pdf)).isEqualTo(Kind.BEYOND_LIMITS);
    }

    @Test
    void tooManyPagesAreBeyondLimits() {
        DocumentReader small =
                new DocumentReader(new DocumentLimits(2, 1000, 1000, 1 << 20, Duration.ofMinutes(1)), UTF_8);
        assertThat(refused(small, Documents.pdf("1", "2", "3"), "application/pdf"))
                .isEqualTo(Kind.BEYOND_LIMITS);
    }

    @Test
    void documentThatTakesTooLongIsLeft() {
        DocumentReader hasty = new DocumentReader(new DocumentLimits(2, 1000, 1000, 1 << 20, Duration.ZERO), UTF_8);
        assertThat(refused(hasty, Documents.pdf("1"), "application/pdf")).isEqualTo(Kind.TOO_SLOW);
    }

    @Test
    void pdfOfWhichAByteIsFlippedIsRefusedOrHasNoOtherIdentifier() throws Exception {
        byte[] pdf = Documents.pdf("one", "two " + ID, "three");
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] damaged = pdf.clone();
            damaged[random.nextInt(pdf.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                DocumentText text = READER.read(damaged, "application/pdf");
                read++;
                for (int last = 0; last < 10; last++) {
                    assertThat(new Identifier("066-12000001-" + last).in(text).isPresent() && last != 3)
                            .isFalse();
                }
            } catch (UnreadableDocumentException e) {
                assertThat(e).hasMessageNotContaining(ID);
            }
        }
        assertThat(read).isBetween(1, 1499);
    }

    @Test
    void garbageBehindAHeaderIsDamaged() {
        byte[] garbage = new byte[200_000];
        new Random(1).nextBytes(garbage);
        System.arraycopy("%PDF-1.7\n".getBytes(UTF_8), 0, garbage, 0, 9);
        assertThat(refused(garbage)).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void plainTextIsReadInItsEncoding() throws Exception {
        String text = "Prøve " + ID + " µg";
        assertThat(read(text.getBytes(UTF_8)).pages()).containsExactly(text);
        assertThat(read(text.getBytes(ISO_8859_1)).pages()).containsExactly(text);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_8)).pages()).containsExactly(text);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_16LE)).pages()).containsExactly(text);
        assertThat(read(("\uFEFF" + text).getBytes(UTF_16BE)).pages()).containsExactly(text);
        assertThat(new Identifier(ID).in(read(("one\f" + text).getBytes(UTF_8))))
                .contains(new Place(2, 6));
    }

    @Test
    void webPageIsWhatABrowserShows() throws Exception {
        byte[] page =
                ("<!DOCTYPE html><html><head><title>066-99999999-9</title><script>'066-88888888-8'</script></head>"
                                + "<body><!-- 066-77777777-7 --><p style='display: none'>066-66666666-6</p>"
                                + "<table><tr><td>066-1200</td><td>0002-3</td></tr></table><p>Subject 066&#8209;<br>12000001-3</p>")
                        .getBytes(UTF_8);
        assertThat(ContentType.of(page)).isEqualTo("text/html");
        DocumentText text = read(page);
        assertThat(new Identifier(ID).in(text)).isPresent();
        for (String hidden :
                List.of("066-99999999-9", "066-88888888-8", "066-77777777-7", "066-66666666-6", "066-12000002-3")) {
            assertThat(new Identifier(hidden).in(text)).as(hidden).isEmpty();
        }
    }

    @Test
    void wordIsReadWithItsHeadersAndWithoutWhatWasDeleted() throws Exception {
        byte[] word = Documents.word(
                "<w:p><w:r><w:t>066-12</w:t></w:r><w:r><w:t>000001</w:t><w:noBreakHyphen/><w:t>3</w:t></w:r></w:p>"
                        + "<w:p><w:del><w:r><w:delText>066-99999999-9</w:delText></w:r></w:del><w:r><w:br w:type='page'/>"
                        + "<w:t>next</w:t></w:r></w:p>",
                Map.of("header+xml", "<w:p><w:t>066-12000001-4</w:t></w:p>"));
        assertThat(ContentType.of(word))
                .isEqualTo("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        DocumentText text = read(word);
        assertThat(text.pages()).hasSize(2);
        assertThat(new Identifier(ID).in(text)).contains(new Place(1, 0));
        assertThat(new Identifier("066-12000001-4").in(text)).isPresent();
        assertThat(new Identifier("066-99999999-9").in(text)).isEmpty();
        assertThat(new Identifier("next").in(text)).contains(new Place(2, 0));
    }

    @Test
    void bombInWordIsBeyondLimits() {
        assertThat(refused(Documents.word("<w:p>" + " ".repeat(300_000_000) + "</w:p>")))
                .isEqualTo(Kind.BEYOND_LIMITS);
    }

    @Test
    void entitiesInWordAreNotUnfolded() {
        byte[] word = Documents.word("&lol;");
        assertThat(refused(word)).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void wordOfWhichAByteIsFlippedIsNeverReadAsAnother() throws Exception {
        byte[] word = Documents.word("<w:p><w:r><w:t>" + ID + "</w:t></w:r></w:p>");
        for (int i = 0; i < word.length; i++) {
            byte[] damaged = word.clone();
            damaged[i] ^= 4;
            try {
                DocumentText text = READER.read(damaged, OfficeParts.WORD);
                assertThat(new Identifier(ID).in(text)).as("byte %d", i).isPresent();
            } catch (UnreadableDocumentException e) {
                assertThat(e).hasMessageNotContaining(ID);
            }
        }
    }

    @Test
    void otherKindsAreNotRead() {
        assertThat(refused("{\\rtf1\\ansi 066-12000001-3}".getBytes(UTF_8))).isEqualTo(Kind.NOT_READ);
        assertThat(refused(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13}))
                .isEqualTo(Kind.NOT_READ);
        assertThat(refused(new byte[0], "application/octet-stream")).isEqualTo(Kind.NOT_READ);
    }

    @Test
    void parsersAreSilent() {
        for (String room : List.of("org.apache.pdfbox.pdmodel.PDDocument", "org.apache.fontbox.ttf.TTFParser")) {
            assertThat(LogFactory.getLog(room).isFatalEnabled()).as(room).isFalse();
        }
        assertThat(org.slf4j.LoggerFactory.getLogger("org.apache.tika.mime.MimeTypes")
                        .isErrorEnabled())
                .isFalse();
    }

    private static DocumentText read(byte[] content) throws UnreadableDocumentException, InterruptedIOException {
        return READER.read(content, ContentType.of(content));
    }

    private static Kind refused(byte[] content) {
        return refused(content, ContentType.of(content));
    }

    private static Kind refused(byte[] content, String type) {
        return refused(READER, content, type);
    }

    private static Kind refused(DocumentReader reader, byte[] content, String type) {
        UnreadableDocumentException refused =
                catchThrowableOfType(UnreadableDocumentException.class, () -> reader.read(content, type));
        assertThat(refused).isNotNull();
        return refused.kind();
    }
}
