package org.waybill.cli.crypt.stream;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.waybill.format.Checksum;
import org.waybill.format.checksum.lane.Tap;

/** Size in bytes and checksums of what was read or written. */
public record Measured(long size, List<Checksum> checksums) {

    public Measured {
        checksums = List.copyOf(checksums);
    }

    /**
     * What has flowed past a tap, which waits until all of it is hashed and written.
     *
     * @throws IOException if it could not be written
     */
    public static Measured by(Tap tap) throws IOException {
        return new Measured(tap.count(), tap.finish());
    }

    /** For JSON: {@code {"size", "md5", "sha256"}}; of the checksums, those that were computed. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("size", size);
        checksums.forEach(checksum -> document.put(checksum.algorithm().label(), checksum.hex()));
        return document;
    }

    /** For people, in lines that start with {@code label}. */
    public String text(String label) {
        StringBuilder text = new StringBuilder("%-10s%,d bytes%n".formatted(label, size));
        checksums.forEach(checksum ->
                text.append("%-10s  %-7s%s%n".formatted("", checksum.algorithm().label(), checksum.hex())));
        return text.toString();
    }
}
