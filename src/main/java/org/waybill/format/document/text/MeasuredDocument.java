package org.waybill.format.document.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.ICOSParser;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.waybill.format.document.text.UnreadableDocumentException.Kind;

/**
 * The objects of a PDF, whose compressed streams are measured before PDFBox unpacks them into memory, without any limit of its
 * own; and proved: what is cut or changed in the middle, PDFBox would take for the end.
 */
final class MeasuredDocument extends COSDocument {

    private final ICOSParser parser;
    private final Budget budget;

    MeasuredDocument(ICOSParser parser, Budget budget) {
        super(IOUtils.createMemoryOnlyStreamCache(), parser);
        this.parser = parser;
        this.budget = budget;
    }

    @Override
    public COSStream createCOSStream(COSDictionary dictionary, long start, long length) throws IOException {
        COSStream stream =
                new MeasuredStream(parser.createRandomAccessReadView(start, length), budget, this::isEncrypted);
        dictionary.forEach(stream::setItem);
        stream.setKey(dictionary.getKey());
        return stream;
    }

    private static final class MeasuredStream extends COSStream {

        /** Those that text is packed with; the others are of pictures, whose decoders take what their headers say. */
        private static final Set<COSName> OF_TEXT = Set.of(
                COSName.FLATE_DECODE,
                COSName.FLATE_DECODE_ABBREVIATION,
                COSName.LZW_DECODE,
                COSName.LZW_DECODE_ABBREVIATION,
                COSName.ASCII85_DECODE,
                COSName.ASCII85_DECODE_ABBREVIATION,
                COSName.ASCII_HEX_DECODE,
                COSName.ASCII_HEX_DECODE_ABBREVIATION,
                COSName.RUN_LENGTH_DECODE,
                COSName.RUN_LENGTH_DECODE_ABBREVIATION,
                COSName.CRYPT);

        private static final Set<COSName> FLATE = Set.of(COSName.FLATE_DECODE, COSName.FLATE_DECODE_ABBREVIATION);

        private final Budget budget;
        private final BooleanSupplier isEncrypted;
        private long bytes = -1;

        MeasuredStream(RandomAccessReadView encoded, Budget budget, BooleanSupplier isEncrypted) throws IOException {
            super(null, encoded);
            this.isEncrypted = isEncrypted;
            this.budget = budget;
        }

        /** All that unpacks begins here. */
        @Override
        public InputStream createRawInputStream() throws IOException {
            if (isEncrypted.getAsBoolean()) {
                throw new Budget.Spent(Kind.ENCRYPTED, "");
            }
            if (bytes < 0) {
                bytes = measure();
            } else {
                budget.decoded(bytes);
            }
            return super.createRawInputStream();
        }

        /** Unpacks it once, paying for each stage as it comes. */
        private long measure() throws IOException {
            List<COSName> filters = filters();
            long total = 0;
            InputStream stage = super.createRawInputStream();
            for (int i = 0; i < filters.size(); i++) {
                if (!OF_TEXT.contains(filters.get(i))) {
                    throw new IOException("expected text, found a picture");
                }
                boolean isLast = i == filters.size() - 1;
                Counted counted = new Counted(isLast ? OutputStream.nullOutputStream() : new ByteArrayOutputStream());
                if (i == 0 && FLATE.contains(filters.get(i))) {
                    inflate(stage);
                    stage = super.createRawInputStream();
                }
                FilterFactory.INSTANCE.getFilter(filters.get(i)).decode(stage, counted, this, i);
                total += counted.count;
                stage = new ByteArrayInputStream(counted.kept());
            }
            return total;
        }

        /** To its end, and with its checksum. */
        private void inflate(InputStream packed) {
            try (InputStream unpacked = new InflaterInputStream(packed)) {
                budget.paying(unpacked).transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new Budget.Spent(Kind.DAMAGED, "a compressed part of it");
            }
        }

        /** As PDFBox takes them: each once. */
        private List<COSName> filters() throws IOException {
            COSBase filters = getFilters();
            if (filters instanceof COSName one) {
                return List.of(one);
            }
            Set<COSName> each = new LinkedHashSet<>();
            if (filters instanceof COSArray many) {
                for (int i = 0; i < many.size(); i++) {
                    if (!(many.getObject(i) instanceof COSName name)) {
                        throw new IOException("expected the name of a filter");
                    }
                    each.add(name);
                }
            }
            return List.copyOf(each);
        }

        private final class Counted extends OutputStream {

            private final OutputStream sink;
            private long count;

            Counted(OutputStream sink) {
                this.sink = sink;
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] decoded, int from, int length) throws IOException {
                budget.decoded(length);
                count += length;
                sink.write(decoded, from, length);
            }

            byte[] kept() {
                return sink instanceof ByteArrayOutputStream memory ? memory.toByteArray() : new byte[0];
            }
        }
    }
}
