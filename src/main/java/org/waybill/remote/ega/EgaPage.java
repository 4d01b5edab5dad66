package org.waybill.remote.ega;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * One answer of the server, in a temporary file, known to be one whole JSON document.
 *
 * @param isPartial whether the server said (206) that it is only a part of the list
 * @param total the number of elements of the whole list, if the server said it
 * @param isArray whether the document is an array, the only form that comes in pages
 * @param files the number of objects in arrays: of files
 * @param start of the array's content in the file, in bytes
 * @param end of the array's content in the file, in bytes
 */
record EgaPage(Path file, boolean isPartial, OptionalLong total, boolean isArray, long files, long start, long end) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE) // after a fault we look whether the file is at its end
            .build();

    /**
     * @throws EgaRefusedException if the body is empty or no JSON
     * @throws IOException also if the JSON ends in the middle: then the body was cut off
     */
    static EgaPage read(Path file, boolean isPartial, OptionalLong total) throws IOException {
        refuseOtherThanJson(file);
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            try {
                return read(parser, file, isPartial, total);
            } catch (JacksonIOException e) {
                throw new IOException("the answer cannot be read back", e);
            } catch (JacksonException e) {
                if (parser.releaseBuffered(OutputStream.nullOutputStream()) <= 0 && in.read() < 0) {
                    throw new IOException("the answer ends in the middle");
                }
                throw new EgaRefusedException("the answer is not JSON: check the URL");
            }
        }
    }

    private static EgaPage read(JsonParser parser, Path file, boolean isPartial, OptionalLong total)
            throws EgaRefusedException {
        boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
        long start = parser.currentLocation().getByteOffset();
        long files = 0;
        while (!parser.streamReadContext().inRoot() && parser.nextToken() != null) {
            TokenStreamContext parent = parser.streamReadContext().getParent();
            if (parser.currentToken() == JsonToken.START_OBJECT && parent.inArray()) {
                files++;
                parser.skipChildren();
            }
        }
        long end = parser.currentTokenLocation().getByteOffset();
        if (parser.nextToken() != null) {
            throw new EgaRefusedException("the answer is more than one JSON document: check the URL");
        }
        return new EgaPage(file, isPartial, total, isArray, files, start, end);
    }

    /** Whether the server says that its list goes on behind that many files. */
    boolean saysMore(long filesSoFar) {
        return isArray && (total.isPresent() ? filesSoFar < total.getAsLong() : isPartial);
    }

    /** Whether this may be one page of a list of which the server does not say that it has pages. */
    boolean looksFull(long fullPage) {
        return isArray && total.isEmpty() && files == fullPage;
    }

    boolean isSameAs(EgaPage other) throws IOException {
        return Files.mismatch(file, other.file) < 0;
    }

    /** Writes what stands between the brackets of the array, unchanged. */
    void copyElements(OutputStream out) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.skipNBytes(start);
            byte[] buffer = new byte[64 * 1024];
            for (long left = end - start; left > 0; ) {
                int count = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
                if (count == 0) {
                    throw new IOException("the temporary file of a page was cut");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static void refuseOtherThanJson(Path file) throws IOException {
        String head;
        try (InputStream in = Files.newInputStream(file)) {
            head = new String(in.readNBytes(1024), UTF_8).strip();
        }
        if (head.isEmpty()) {
            throw new EgaRefusedException(
                    "the answer is empty: EGA knows no such dataset, or the account may not see it");
        }
        if (head.startsWith("<")) {
            throw new EgaRefusedException(
                    "the answer is an HTML page, not JSON: a log-in or error page; check the URL and the account");
        }
        if (!head.startsWith("[") && !head.startsWith("{")) {
            throw new EgaRefusedException("the answer is not a list in JSON: check the URL");
        }
    }
}
