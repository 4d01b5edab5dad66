package org.waybill.stage.processing.pass;

import java.io.IOException;
import java.io.OutputStream;
import org.waybill.storage.StableSource;
import org.waybill.storage.UnpublishedFile;

/**
 * Makes a file that consists of a new header and the body of its source. The header is written here; of the body only the
 * length counts, which tells how far the source was read and verified: the kernel copies as much. Where the file system can,
 * both files then share the blocks.
 */
final class BodyCopy extends OutputStream {

    private final StableSource source;
    private final UnpublishedFile result;
    private final byte[] single = new byte[1];
    private long position; // of the next byte of the body, in the source
    private int headerLeft;

    BodyCopy(StableSource source, long bodyOffset, int headerBytes, UnpublishedFile result) {
        this.source = source;
        this.position = bodyOffset;
        this.headerLeft = headerBytes;
        this.result = result;
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int ofHeader = Math.min(length, headerLeft);
        if (ofHeader > 0) {
            result.stream().write(bytes, from, ofHeader);
            headerLeft -= ofHeader;
        }
        if (length > ofHeader) {
            result.copy(source, position, length - ofHeader);
            position += length - ofHeader;
        }
    }
}
