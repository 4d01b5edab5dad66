package org.waybill.format.accesslog.range;

import java.util.Optional;
import java.util.OptionalLong;
import org.waybill.format.accesslog.AccessLogLine;
import org.waybill.format.accesslog.AccessLogLine.Completion;

/**
 * A piece of a file that a server sent to its end. Half-open: {@code from} is the first byte, {@code to} the one behind
 * the last; an empty file has the piece from 0 to 0.
 *
 * @param version of the file that the piece is of
 */
public record SentPiece(Version version, long from, long to) {

    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;

    /**
     * The version of a file by what the server says of it. Versions of another size or ETag are others.
     *
     * @param sizeBytes of the whole
     * @param etag as in the header
     */
    public record Version(long sizeBytes, Optional<String> etag) {

        /** @throws IllegalArgumentException if the size is negative */
        public Version {
            if (sizeBytes < 0) {
                throw new IllegalArgumentException("a size is not negative");
            }
        }

        /**
         * Whether its pieces are of one content by the word of the server: only a strong ETag is that (RFC 9110, section
         * 13.2.1 and 15.3.7.3). Without one, who unites pieces must know that the file was not replaced meanwhile.
         */
        public boolean isStrong() {
            return etag.filter(value -> value.startsWith("\"")).isPresent();
        }
    }

    /** @throws IllegalArgumentException if the piece does not lie within its version */
    public SentPiece {
        if (from < 0 || to < from || to > version.sizeBytes()) {
            throw new IllegalArgumentException("a piece lies within the file");
        }
    }

    /**
     * The piece that a line proves to have been sent; nothing if it proves none. It must be a GET, have completed and
     * have a size; with 200 that is the whole file, with 206 the piece of its Content-Range, which must be as long as the
     * response. Several ranges in one response ({@code multipart/byteranges}) have no Content-Range, and prove nothing.
     * Of a 200 that the server compressed this is the size of the compressed: no version of the file.
     */
    public static Optional<SentPiece> of(AccessLogLine line) {
        boolean isGet = line.method().filter("GET"::equals).isPresent();
        OptionalLong size = line.responseBytes();
        if (!isGet || line.completion() != Completion.COMPLETED || size.isEmpty()) {
            return Optional.empty();
        }
        long bytes = size.getAsLong();
        return switch (line.status()) {
            case OK -> Optional.of(new SentPiece(new Version(bytes, line.etag()), 0, bytes));
            case PARTIAL_CONTENT ->
                line.contentRange()
                        .flatMap(ContentRange::parse)
                        .filter(range -> range.total().isPresent() && range.last() - range.first() + 1 == bytes)
                        .map(range -> new SentPiece(
                                new Version(range.total().getAsLong(), line.etag()), range.first(), range.last() + 1));
            default -> Optional.empty();
        };
    }
}
