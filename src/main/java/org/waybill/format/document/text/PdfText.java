package org.waybill.format.document.text;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.waybill.format.document.text.UnreadableDocumentException.Kind;

/** The text of a PDF (ISO 32000), page by page, in the order of the file. What would have to be repaired is damaged. */
final class PdfText extends PDFTextStripper {

    static {
        SubstituteFonts.install();
    }

    private final Budget budget;
    private final List<String> pages = new ArrayList<>();
    private final StringBuilder page = new StringBuilder();

    private PdfText(Budget budget) {
        this.budget = budget;
        setLineSeparator("\n");
    }

    /** @throws IOException if it is damaged; so is each other fault but that of the budget */
    static DocumentText read(byte[] content, Budget budget) throws IOException, UnreadableDocumentException {
        try (PDDocument document = new Parser(content, budget).parse(false)) {
            if (document.isEncrypted()) {
                throw new UnreadableDocumentException(Kind.ENCRYPTED, "");
            }
            PdfText text = new PdfText(budget);
            text.writeText(document, text.new Page());
            return new DocumentText(text.pages);
        } catch (InvalidPasswordException e) {
            throw new UnreadableDocumentException(Kind.ENCRYPTED, "");
        } catch (IOException e) {
            if (new String(content, StandardCharsets.ISO_8859_1).contains("/Encrypt")) {
                throw new UnreadableDocumentException(Kind.ENCRYPTED, "");
            }
            throw e;
        }
    }

    private static final class Parser extends PDFParser {

        Parser(byte[] content, Budget budget) throws IOException {
            super(new RandomAccessReadBuffer(content), "", null, null, IOUtils.createMemoryOnlyStreamCache());
            document.close();
            document = new MeasuredDocument(this, budget);
        }
    }

    @Override
    protected void startPage(PDPage begun) {
        budget.page();
    }

    @Override
    protected void endPage(PDPage ended) {
        while (pages.size() < getCurrentPageNo() - 1) {
            pages.add(""); // pages without contents are not told
        }
        pages.add(page.toString());
        page.setLength(0);
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        budget.time();
        super.processOperator(operator, operands);
    }

    @Override
    protected void processTextPosition(TextPosition text) {
        budget.glyph();
        super.processTextPosition(text);
    }

    /** Takes what is written of a page. */
    private final class Page extends Writer {

        @Override
        public void write(char[] characters, int from, int length) {
            budget.characters(length);
            page.append(characters, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
