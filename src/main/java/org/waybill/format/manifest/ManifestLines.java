package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a manifest, one after the other, in memory that does not grow with the file or with a line.
 *
 * <p>A line ends with LF or CR LF, or with NUL where {@code md5sum -z} wrote it; the end of the file ends a line too. A
 * line that is not UTF-8 or longer than {@link #MAX_BYTES} comes as one that has a fault and no text.
 */
final class ManifestLines {

    /** No honest row is that long: a name has at most 4096 bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte terminator;
    private final byte[] buffer = new byte[MAX_BYTES];
    private int position;
    private int limit;
    private long number;

    /**
     * A line without its terminator.
     *
     * @param number from 1
     */
    record Line(long number, String text, @Nullable RowFault fault) {}

    /** @param terminator LF, or NUL */
    ManifestLines(InputStream in, char terminator) {
        this.in = in;
        this.terminator = (byte) terminator;
    }

    /** The next line, or null after the last. */
    @Nullable
    Line next() throws IOException {
        byte[] carried = new byte[0];
        boolean tooLong = false;
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && buffer[end] != terminator) {
                end++;
            }
            int length = end - position;
            tooLong |= carried.length + length > MAX_BYTES;
            byte[] bytes = tooLong ? carried : append(carried, length);
            boolean terminated = end < limit;
            position = terminated ? end + 1 : end;
            if (terminated) {
                return line(bytes, tooLong);
            }
            carried = bytes;
        }
        return carried.length == 0 && !tooLong ? null : line(carried, tooLong);
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private byte[] append(byte[] carried, int length) {
        byte[] joined = Arrays.copyOf(carried, carried.length + length);
        System.arraycopy(buffer, position, joined, carried.length, length);
        return joined;
    }

    private Line line(byte[] bytes, boolean tooLong) {
        number++;
        if (tooLong) {
            return new Line(number, "", RowFault.LINE_TOO_LONG);
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean crLf = terminator == '\n' && text.endsWith("\r");
            return new Line(number, crLf ? text.substring(0, text.length() - 1) : text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, "", RowFault.BAD_ENCODING);
        }
    }
}
