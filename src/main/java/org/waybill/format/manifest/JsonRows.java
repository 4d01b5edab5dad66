package org.waybill.format.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * The files of a JSON document: an array of objects; or an object with such an array inside, however deep (the old API
 * wraps it in {@code response.result}); or one object that is itself a file. The document is read to its end, so that a
 * truncated one is noticed.
 */
final class JsonRows implements ManifestReader.Rows {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE) // after a fault we look whether the input is at its end
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(ManifestLines.MAX_BYTES)
                    .maxNestingDepth(100)
                    .build())
            .build();

    private final InputStream in;
    private final JsonParser parser;
    private final EgaFile wrapper = new EgaFile();
    private long number;
    private boolean inList;
    private boolean sawList;

    JsonRows(InputStream in) throws IOException {
        this.in = in;
        try {
            parser = FACTORY.createParser(ObjectReadContext.empty(), in);
        } catch (JacksonException e) {
            throw ioOf(e);
        }
    }

    @Override
    public @Nullable ManifestRow next() throws IOException {
        try {
            return advance();
        } catch (JacksonIOException e) {
            throw ioOf(e);
        } catch (JacksonException e) {
            boolean atEnd = parser.releaseBuffered(OutputStream.nullOutputStream()) <= 0 && in.read() < 0;
            String reason = atEnd
                    ? "the JSON ends in the middle: the manifest is truncated"
                    : "this is not JSON, or has strings beyond 64 KiB";
            throw new MalformedInputException(offset(), reason);
        }
    }

    private @Nullable ManifestRow advance() {
        while (parser.nextToken() != null) {
            ManifestRow row = inList ? element() : wrapped();
            if (row != null) {
                return row;
            }
        }
        return atEnd();
    }

    private @Nullable ManifestRow element() {
        if (parser.currentToken() == JsonToken.END_ARRAY) {
            inList = false;
            return null;
        }
        number++;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return EgaFile.read(parser).row(number, wrapper.datasetId());
        }
        parser.skipChildren();
        return RowDraft.rejected(number, RowFault.MALFORMED_ROW, "expected an object that describes a file");
    }

    private @Nullable ManifestRow wrapped() {
        JsonToken token = parser.currentToken();
        if (parser.streamReadContext().getNestingDepth() == 0 && !token.isStructStart() && !token.isStructEnd()) {
            throw new MalformedInputException(offset(), "expected a list of files, found a single value");
        }
        if (token == JsonToken.START_ARRAY) {
            inList = true;
            sawList = true;
            return null;
        }
        if (token != JsonToken.PROPERTY_NAME) {
            return null;
        }
        return property();
    }

    private @Nullable ManifestRow property() {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_OBJECT) {
            return null;
        }
        if (value != JsonToken.START_ARRAY || EgaFile.isFactKey(key)) {
            wrapper.property(key, parser);
            return null;
        }
        inList = parser.nextToken() == JsonToken.START_OBJECT;
        sawList |= inList || parser.currentToken() == JsonToken.END_ARRAY;
        if (inList) {
            return element();
        }
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            parser.nextToken();
        }
        return null;
    }

    private @Nullable ManifestRow atEnd() {
        if (sawList || number > 0) {
            return null;
        }
        if (!wrapper.isFile()) {
            throw new MalformedInputException(
                    offset(), "the JSON holds no list of files; it may be a server's error message");
        }
        number++;
        return wrapper.row(number, Optional.empty());
    }

    private long offset() {
        return Math.max(0, parser.currentLocation().getByteOffset());
    }

    private static IOException ioOf(JacksonException e) {
        return e.getCause() instanceof IOException io ? io : new IOException("the manifest cannot be read", e);
    }
}
