package org.waybill.format.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** Documents as laboratories send them, and as they should not. Every person in them is invented. */
public final class Documents {

    private static final int PIECE = 1 << 16;

    private Documents() {}

    /** A PDF with a page for each text; its lines end with a line feed. */
    public static byte[] pdf(String... pages) {
        return pdf(document -> {
            for (String page : pages) {
                addPage(document, page);
            }
        });
    }

    /** Changes a PDF before it is saved. */
    public interface Author {
        void write(PDDocument document) throws IOException;
    }

    public static byte[] pdf(Author author) {
        try (PDDocument document = new PDDocument()) {
            author.write(document);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void addPage(PDDocument document, String text) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 10);
            content.setLeading(14);
            content.newLineAtOffset(50, 750);
            for (String line : text.split("\n", -1)) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    public static byte[] locked(String ownerPassword, String userPassword, String text) {
        return pdf(document -> {
            addPage(document, text);
            document.protect(new StandardProtectionPolicy(ownerPassword, userPassword, new AccessPermission()));
        });
    }

    /** Pictures, and no text. */
    public static byte[] scan() {
        return pdf(document -> {
            PDPage page = new PDPage();
            document.addPage(page);
            BufferedImage picture = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawImage(LosslessFactory.createFromImage(document, picture), 50, 50);
            }
        });
    }

    /** A page whose content unpacks to so many bytes, packed as often as there are filters. */
    public static byte[] bomb(long bytes, COSName... filters) {
        return pdf(document -> {
            PDPage page = new PDPage();
            document.addPage(page);
            COSStream stream = document.getDocument().createCOSStream();
            try (OutputStream raw = stream.createRawOutputStream()) {
                raw.write(packed(bytes, filters.length));
            }
            stream.setItem(COSName.FILTER, filters.length == 1 ? filters[0] : new COSArray(List.of(filters)));
            page.setContents(new PDStream(stream));
        });
    }

    private static byte[] packed(long bytes, int times) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed)) {
            byte[] blanks = " ".repeat(1 << 16).getBytes(UTF_8);
            for (long done = 0; done < bytes; done += blanks.length) {
                out.write(blanks);
            }
        }
        return times == 1 ? packed.toByteArray() : hex(packed.toByteArray());
    }

    private static byte[] hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes).getBytes(UTF_8);
    }

    /** A Word document with that body, which is WordprocessingML. */
    public static byte[] word(String body) {
        return word(body, Map.of());
    }

    /** @param more other parts, by the type that follows {@code wordprocessingml.} */
    public static byte[] word(String body, Map<String, String> more) {
        StringBuilder types = new StringBuilder("""
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                """);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, types, "document.main+xml", body);
            for (Map.Entry<String, String> part : more.entrySet()) {
                add(zip, types, part.getKey(), part.getValue());
            }
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(types.append("</Types>").toString().getBytes(UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, StringBuilder types, String type, String body) throws IOException {
        String name = "word/" + type.replaceAll("[^a-z]", "") + ".xml";
        types.append("<Override PartName=\"/").append(name).append("\" ContentType=\"");
        types.append("application/vnd.openxmlformats-officedocument.wordprocessingml.")
                .append(type)
                .append("\"/>");
        zip.putNextEntry(new ZipEntry(name));
        Writer text = new OutputStreamWriter(zip, UTF_8); // a bomb is not to stand in memory twice
        text.write("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
        for (int at = 0; at < body.length(); at += PIECE) {
            text.write(body, at, Math.min(PIECE, body.length() - at));
        }
        text.write("</w:document>");
        text.flush();
        zip.closeEntry();
    }
}
