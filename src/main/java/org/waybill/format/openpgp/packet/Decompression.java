package org.waybill.format.openpgp.packet;

import java.io.IOException;
import java.io.InputStream;

/** Undoes the compression of a packet, section 5.6. What comes out is not bounded here. */
public final class Decompression {

    private static final int UNCOMPRESSED = 0;
    private static final int ZIP = 1; // raw deflate, RFC 1951
    private static final int ZLIB = 2; // RFC 1950
    private static final int BZIP2 = 3;

    private Decompression() {}

    /**
     * The content of a compressed packet; closing it frees memory and does not close the body.
     *
     * @throws org.waybill.format.MalformedInputException if the algorithm is unknown; later, if the data are damaged or
     *     do not end with the packet
     */
    public static InputStream of(Packet packet, SourceBytes source) throws IOException {
        int algorithm = Byte.toUnsignedInt(packet.body().readField(1)[0]);
        return switch (algorithm) {
            case UNCOMPRESSED -> packet.body();
            case ZIP -> new Inflation(packet.body(), source, true);
            case ZLIB -> new Inflation(packet.body(), source, false);
            case BZIP2 -> new BZip2(packet.body(), source);
            default -> throw source.malformed("compressed by an unknown algorithm, number " + algorithm);
        };
    }
}
