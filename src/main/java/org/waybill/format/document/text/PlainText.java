package org.waybill.format.document.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Plain text: UTF-8, or what its byte order mark says, or else what the route says. A form feed begins a new page. */
final class PlainText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private PlainText() {}

    /** @throws CharacterCodingException if the bytes mean nothing in their encoding */
    static DocumentText read(byte[] content, Charset charset, Budget budget) throws CharacterCodingException {
        budget.wholeText(content.length);
        List<String> pages = new ArrayList<>();
        for (String page : text(content, charset).split("\f", -1)) {
            budget.page();
            budget.characters(page.length());
            pages.add(page);
        }
        return new DocumentText(pages);
    }

    private static String text(byte[] content, Charset charset) throws CharacterCodingException {
        if (startsWith(content, 0xFF, 0xFE)) {
            return decoded(content, StandardCharsets.UTF_16LE);
        }
        if (startsWith(content, 0xFE, 0xFF)) {
            return decoded(content, StandardCharsets.UTF_16BE);
        }
        if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
            return decoded(content, StandardCharsets.UTF_8);
        }
        try {
            return decoded(content, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return decoded(content, charset);
        }
    }

    private static String decoded(byte[] content, Charset charset) throws CharacterCodingException {
        String text = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(content))
                .toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static boolean startsWith(byte[] content, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= content.length || Byte.toUnsignedInt(content[i]) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
