package org.waybill.format.document.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import org.waybill.format.document.text.UnreadableDocumentException.Kind;

/** What is left of the limits while one document is read, by the thread that makes it. Each of its methods throws {@link Spent} when there is nothing left. */
final class Budget {

    private final DocumentLimits limits;
    private final long end;
    private long decodedBytes;
    private long characters;
    private int glyphsOfPage;
    private int pages;

    Budget(DocumentLimits limits) {
        this.limits = limits;
        this.end = now() + limits.time().toNanos();
    }

    /** The work of this thread, and not the hour: others who keep the machine busy are no fault of a document. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Goes through parsers, who catch each {@code IOException} and try something else. */
    static final class Spent extends RuntimeException {

        private final Kind kind;

        Spent(Kind kind, String detail) {
            super(detail, null, false, false);
            this.kind = kind;
        }

        UnreadableDocumentException toUnreadable() {
            return new UnreadableDocumentException(kind, String.valueOf(getMessage()));
        }
    }

    void time() {
        if (now() - end > 0) {
            throw new Spent(Kind.TOO_SLOW, "expected at most " + limits.time().toMillis() + " ms");
        }
    }

    /** A new page begins. */
    void page() {
        time();
        glyphsOfPage = 0;
        require(++pages <= limits.pages(), limits.pages(), "pages");
    }

    /** Another glyph stands on the page. */
    void glyph() {
        require(++glyphsOfPage <= limits.glyphsOfPage(), limits.glyphsOfPage(), "glyphs on a page");
    }

    void characters(int count) {
        characters += count;
        require(characters <= limits.characters(), limits.characters(), "characters");
    }

    /** A text is about to be read as a whole. */
    void wholeText(int bytes) {
        require(bytes <= limits.characters(), limits.characters(), "bytes of text");
    }

    void decoded(long bytes) {
        time();
        decodedBytes += bytes;
        require(decodedBytes <= limits.decodedBytes(), limits.decodedBytes(), "unpacked bytes");
    }

    /** What is read through it is paid for as it comes. */
    InputStream paying(InputStream unpacked) {
        return new FilterInputStream(unpacked) {
            @Override
            public int read() throws IOException {
                decoded(1);
                return super.read();
            }

            @Override
            public int read(byte[] out, int from, int length) throws IOException {
                int read = super.read(out, from, length);
                decoded(Math.max(0, read));
                return read;
            }
        };
    }

    private static void require(boolean isWithin, long limit, String what) {
        if (!isWithin) {
            throw new Spent(Kind.BEYOND_LIMITS, "expected at most " + limit + " " + what);
        }
    }
}
