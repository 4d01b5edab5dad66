package org.waybill.format.accesslog.range;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The union of pieces of one version of a file, in whatever order they come and however they overlap. */
public final class ByteRanges {

    private final long sizeBytes;
    private final TreeMap<Long, Long> ends = new TreeMap<>(); // by where the range begins; apart from each other

    /**
     * A range of bytes, half-open.
     *
     * @param from the first byte
     * @param to the byte behind the last
     */
    public record Range(long from, long to) {

        /** @throws IllegalArgumentException if it is negative */
        public Range {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("a range does not end before it begins");
            }
        }
    }

    /** @param sizeBytes of the whole file */
    public ByteRanges(long sizeBytes) {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
        this.sizeBytes = sizeBytes;
    }

    /** @throws IllegalArgumentException if it goes beyond the file */
    public void add(long from, long to) {
        add(new Range(from, to));
    }

    /** @throws IllegalArgumentException if it goes beyond the file */
    public void add(Range range) {
        if (range.to() > sizeBytes) {
            throw new IllegalArgumentException(
                    "expected a range within " + sizeBytes + " bytes, found one up to " + range.to());
        }
        if (range.from() == range.to() && sizeBytes > 0) {
            return;
        }
        long from = range.from();
        long to = range.to();
        Map.Entry<Long, Long> touching = ends.floorEntry(to);
        while (touching != null && touching.getValue() >= from) {
            from = Math.min(from, touching.getKey());
            to = Math.max(to, touching.getValue());
            ends.remove(touching.getKey());
            touching = ends.floorEntry(to);
        }
        ends.put(from, to);
    }

    /** The union, in order; its ranges neither overlap nor touch. */
    public List<Range> ranges() {
        return ends.entrySet().stream()
                .map(range -> new Range(range.getKey(), range.getValue()))
                .toList();
    }

    /** How many bytes are in the union. */
    public long coveredBytes() {
        return ends.entrySet().stream()
                .mapToLong(range -> range.getValue() - range.getKey())
                .sum();
    }

    /** Whether the union is the whole file; of an empty one the range from 0 to 0 must have been added. */
    public boolean isWhole() {
        return !ends.isEmpty() && coveredBytes() == sizeBytes;
    }
}
