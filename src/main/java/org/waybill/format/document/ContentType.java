package org.waybill.format.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.waybill.format.document.text.OfficeParts;

/** What bytes are: their MIME type by content, as Apache Tika names it; names of files count for nothing. */
public final class ContentType {

    private static final MimeTypes KNOWN = MimeTypes.getDefaultMimeTypes();

    private static final String OLE = "application/x-tika-msoffice";
    private static final String OFFICE_WITH_A_PASSWORD = "application/x-tika-ooxml-protected";
    private static final byte[] PACKAGE_WITH_A_PASSWORD = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    private ContentType() {}

    /**
     * The MIME type without parameters, such as {@code application/pdf}; {@code application/octet-stream} where nothing
     * else fits. Documents of Word, Excel and PowerPoint are told apart; other archives are just that.
     */
    public static String of(byte[] content) {
        String type = byFirstBytes(content);
        if (type.equals("application/zip") || type.equals("application/x-tika-ooxml")) {
            return OfficeParts.typeOf(content).orElse("application/zip");
        }
        if (type.equals(OLE) && contains(content, PACKAGE_WITH_A_PASSWORD)) {
            return OFFICE_WITH_A_PASSWORD;
        }
        return type;
    }

    private static String byFirstBytes(byte[] content) {
        try {
            return KNOWN.detect(new ByteArrayInputStream(content), new Metadata())
                    .getBaseType()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private static boolean contains(byte[] content, byte[] sought) {
        for (int from = 0; from <= content.length - sought.length; from++) {
            int same = 0;
            while (same < sought.length && content[from + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return true;
            }
        }
        return false;
    }
}
