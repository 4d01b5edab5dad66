package org.waybill.cli.crypt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.format.DataFormat;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.Crypt4ghHeader;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.EditList;
import org.waybill.format.crypt4gh.HeaderContents;
import org.waybill.format.egaaes.EgaAesFormat;

/**
 * What a file says of itself. Its shape is an interface.
 *
 * @param size of the file, in bytes
 * @param plainSize of its plaintext in bytes, before an edit list is applied; null where the size of the file does not tell
 * @param crypt4gh null of other formats
 * @param openpgp null of other formats
 */
record Inspection(
        String file,
        String format,
        long size,
        @Nullable Long plainSize,
        @Nullable Envelope crypt4gh,
        @Nullable OpenPgpInspection openpgp) {

    private static final int DATA_KEY_PACKET_BYTES = 108; // as an edit list of four numbers has, too
    private static final int PREAMBLE_BYTES = 16; // of a Crypt4GH header: all before its packets

    /**
     * What a Crypt4GH header says. It does not say for whom the file is: packets have a writer, and no reader's name.
     *
     * @param headerSize in bytes
     * @param writers public keys, in base64
     * @param opened what it says to the holder of a key; null without one
     * @param packetSizes in bytes; a data key for one reader has 108
     */
    record Envelope(
            int packets,
            long headerSize,
            List<String> writers,
            long segments,
            @Nullable Contents opened,
            List<Long> packetSizes) {

        private long dataKeySized() {
            return packetSizes.stream()
                    .filter(size -> size == DATA_KEY_PACKET_BYTES)
                    .count();
        }
    }

    /**
     * What stands in the packets that a key opens, but for the keys of the data themselves.
     *
     * @param editList bytes to skip, to keep, to skip …; null where there is none
     * @param contentSize of what the edit list keeps, in bytes
     * @param readers the public keys of those of our keys that open it, in base64
     */
    record Contents(int dataKeys, @Nullable List<Long> editList, long contentSize, List<String> readers) {

        static Contents of(HeaderContents contents, List<String> readers, long bodySize) {
            long plainSize = Crypt4ghFormat.plainSize(bodySize);
            List<Long> lengths = contents.editList().map(EditList::lengths).orElse(null);
            return new Contents(
                    contents.dataKeyCount(),
                    lengths,
                    lengths == null ? plainSize : keptOf(lengths, plainSize),
                    readers);
        }
    }

    /** A file of a format that says nothing of itself. */
    static Inspection of(String file, DataFormat format, long size) {
        Long plainSize =
                switch (format) {
                    case EGA_AES -> EgaAesFormat.plainSize(size);
                    case PLAIN -> size;
                    case CRYPT4GH, OPENPGP -> null;
                };
        return new Inspection(file, label(format), size, plainSize, null, null);
    }

    static Inspection of(String file, OpenPgpInspection openpgp, long size) {
        return new Inspection(file, label(DataFormat.OPENPGP), size, null, null, openpgp);
    }

    static Inspection of(
            String file, Crypt4ghHeader header, List<Long> packetSizes, @Nullable Contents opened, long size) {
        long bodySize = size - header.lengthBytes();
        long plainSize = Crypt4ghFormat.plainSize(bodySize);
        long segments = (bodySize + Crypt4ghFormat.SEGMENT_BYTES - 1) / Crypt4ghFormat.SEGMENT_BYTES;
        List<String> writers =
                header.writers().stream().map(Crypt4ghPublicKey::toString).toList();
        Envelope envelope = new Envelope(
                header.packetCount(), header.lengthBytes(), writers, segments, opened, List.copyOf(packetSizes));
        return new Inspection(file, label(DataFormat.CRYPT4GH), size, plainSize, envelope, null);
    }

    /** The sizes in bytes of the packets of a well-formed Crypt4GH header, which each packet starts with. */
    static List<Long> packetSizes(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> sizes = new ArrayList<>();
        for (int at = PREAMBLE_BYTES; at < header.length; at += bytes.getInt(at)) {
            sizes.add((long) bytes.getInt(at));
        }
        return sizes;
    }

    /** The format as routes write it. */
    static String label(DataFormat format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long keptOf(List<Long> lengths, long plainSize) {
        if (lengths.isEmpty()) {
            return plainSize;
        }
        long left = plainSize;
        long kept = 0;
        for (int i = 0; i < lengths.size(); i++) {
            long length = Math.min(left, lengths.get(i));
            left -= length;
            kept += i % 2 == 0 ? 0 : length;
        }
        boolean keepsTheRest = lengths.size() % 2 == 1;
        return keepsTheRest ? kept + left : kept;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "file", file);
        line(text, "format", format);
        line(text, "size", bytes(size));
        if (plainSize != null) {
            line(text, "plain size", bytes(plainSize));
        }
        if (crypt4gh != null) {
            tell(crypt4gh, text);
        }
        if (openpgp != null) {
            openpgp.tell((label, value) -> line(text, label, value));
        }
        return text.toString();
    }

    private static void tell(Envelope crypt4gh, StringBuilder text) {
        line(text, "header", bytes(crypt4gh.headerSize()) + ", " + crypt4gh.packets() + " packets");
        crypt4gh.writers().forEach(writer -> line(text, "written by", writer));
        long dataKeys = crypt4gh.dataKeySized();
        line(text, "readers", "not named: a Crypt4GH header does not say for whom it is; " + dataKeys + " at most,");
        line(text, "", "which is how many packets have the size of a data key");
        line(text, "segments", "%,d".formatted(crypt4gh.segments()));
        Contents opened = crypt4gh.opened();
        if (opened == null) {
            long others = crypt4gh.packets() - dataKeys;
            line(
                    text,
                    "edit list",
                    others > 0 ? "maybe: --key SEC shows it to a reader" : "none that shows without a key");
            return;
        }
        opened.readers().forEach(reader -> line(text, "opened by", reader));
        line(text, "data keys", String.valueOf(opened.dataKeys()));
        line(text, "edit list", opened.editList() == null ? "none" : String.valueOf(opened.editList()));
        line(text, "content", bytes(opened.contentSize()));
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append("%-12s%s%n".formatted(label, value));
    }

    private static String bytes(long number) {
        return "%,d bytes".formatted(number);
    }
}
