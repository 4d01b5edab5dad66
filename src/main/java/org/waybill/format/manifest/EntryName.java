package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a file in a manifest: a path below the incoming folder that is safe to append to it.
 *
 * <p>Segments are separated by {@code /}. A backslash is an ordinary character, as it is on every Unix file system; only
 * a Windows drive ({@code C:\}) is told apart, because such a name was never meant as a relative one.
 *
 * @param value without {@code .} segments, otherwise as written: neither its case nor its Unicode form is changed
 */
public record EntryName(String value) {

    private static final int MAX_SEGMENT_BYTES = 255; // NAME_MAX of ext4, XFS, Btrfs and NFS
    private static final int MAX_NAME_BYTES = 4096; // PATH_MAX of Linux
    private static final String OWN_FOLDER = ".waybill";

    /** @throws IllegalArgumentException if the name has a fault or is not {@linkplain #normalised normalised} */
    public EntryName {
        faultOf(value).ifPresent(fault -> {
            throw new IllegalArgumentException(fault.cause());
        });
        if (!normalised(value).equals(value)) {
            throw new IllegalArgumentException("a name has no '.' segments");
        }
    }

    /** The name as written, without its {@code .} segments: {@code ./a/./b} gives {@code a/b}. */
    public static String normalised(String written) {
        if (written.indexOf('.') < 0 || written.startsWith("/")) {
            return written;
        }
        String name = written;
        while (name.startsWith("./") && !name.startsWith(".//")) {
            name = name.substring(2);
        }
        while (name.contains("/./")) {
            name = name.replace("/./", "/");
        }
        if (name.endsWith("/.")) {
            name = name.substring(0, name.length() - 2);
        }
        return name.equals(".") ? "" : name;
    }

    /** What is wrong with a {@linkplain #normalised normalised} name; empty if nothing is. */
    public static Optional<RowFault> faultOf(String name) {
        if (name.isEmpty()) {
            return Optional.of(RowFault.MISSING_NAME);
        }
        if (name.startsWith("/") || hasDrive(name)) {
            return Optional.of(RowFault.ABSOLUTE_NAME);
        }
        return faultOfCharacters(name).or(() -> faultOfLength(name)).or(() -> faultOfSegments(name));
    }

    /** The name in Unicode form NFC: two names with one such key are one name to a reader, and to macOS. */
    public String normalKey() {
        return Normalizer.normalize(value, Normalizer.Form.NFC);
    }

    /**
     * The key that all names share which some file system or reader takes for one: case folded, in form NFC. Folding is
     * upper-casing, then lower-casing, both full and locale-independent, which makes one of {@code ß} and {@code SS},
     * of {@code ς} and {@code σ}, of {@code K} and the Kelvin sign. NFC and not NFKC: {@code x²} and {@code x2} are
     * different names everywhere.
     */
    public String twinKey() {
        String folded = normalKey().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** What two names with one {@link #twinKey} are to each other; empty if their keys differ. */
    public Optional<RowFault> twinFault(EntryName other) {
        if (!twinKey().equals(other.twinKey())) {
            return Optional.empty();
        }
        if (value.equals(other.value)) {
            return Optional.of(RowFault.DUPLICATE_NAME);
        }
        return Optional.of(normalKey().equals(other.normalKey()) ? RowFault.UNICODE_TWIN : RowFault.CASE_TWIN);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean hasDrive(String name) {
        char letter = Character.toUpperCase(name.charAt(0));
        boolean root = name.startsWith(":\\", 1) || name.startsWith(":/", 1);
        return letter >= 'A' && letter <= 'Z' && root;
    }

    private static Optional<RowFault> faultOfCharacters(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == 0) {
                return Optional.of(RowFault.NUL_CHARACTER);
            }
            if (Character.isISOControl(c)) {
                return Optional.of(RowFault.CONTROL_CHARACTER);
            }
            if (Character.isSurrogate(c) && !UTF_8.newEncoder().canEncode(name)) {
                return Optional.of(RowFault.BAD_ENCODING);
            }
        }
        return Optional.empty();
    }

    private static Optional<RowFault> faultOfLength(String name) {
        if (name.length() <= MAX_SEGMENT_BYTES / 3) { // no char takes more than 3 bytes in UTF-8
            return Optional.empty();
        }
        if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
            return Optional.of(RowFault.NAME_TOO_LONG);
        }
        for (String segment : name.split("/", -1)) {
            if (segment.getBytes(UTF_8).length > MAX_SEGMENT_BYTES) {
                return Optional.of(RowFault.SEGMENT_TOO_LONG);
            }
        }
        return Optional.empty();
    }

    private static Optional<RowFault> faultOfSegments(String name) {
        String[] segments = name.split("/", -1);
        for (String segment : segments) {
            if (segment.isEmpty()) {
                return Optional.of(RowFault.EMPTY_SEGMENT);
            }
            if (segment.equals("..")) {
                return Optional.of(RowFault.PARENT_SEGMENT);
            }
        }
        return segments[0].equalsIgnoreCase(OWN_FOLDER) ? Optional.of(RowFault.RESERVED_NAME) : Optional.empty();
    }
}
