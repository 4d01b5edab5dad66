package org.waybill.format.manifest;

import java.util.HexFormat;
import java.util.Optional;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.format.Side;

/**
 * One line of a checksum list.
 *
 * <ul>
 *   <li>GNU coreutils, {@code md5sum} to {@code sha512sum}: {@code hash␠␠name} or {@code hash␠*name}. One blank or TAB
 *       between them is taken too, as {@code -c} of coreutils takes it. The length of the hash tells the algorithm.
 *   <li>BSD, {@code --tag}: {@code SHA256 (name) = hash}. The name ends at the last {@code ") = "}.
 *   <li>lega-mirroring, {@code other/dsin.py}: {@code name TAB md5}; the md5 is that of the decrypted file.
 * </ul>
 *
 * A GNU or BSD line that begins with a backslash has an escaped name: {@code \\}, {@code \n}, {@code \r}.
 */
final class ChecksumLine {

    private static final String BSD_END = ") = ";
    private static final int MIN_HEX_DIGITS = ChecksumAlgorithm.MD5.hexDigits();

    private ChecksumLine() {}

    /** Whether the line can only be of a GNU or BSD list. */
    static boolean isGnuOrBsd(String text) {
        String row = text.startsWith("\\") ? text.substring(1) : text;
        int digits = hexDigits(row);
        boolean gnu = digits >= MIN_HEX_DIGITS && (digits == row.length() || isBlank(row.charAt(digits)));
        return gnu || bsdAlgorithm(row).flatMap(ChecksumAlgorithm::named).isPresent();
    }

    /** Whether the line can only be of a list of lega-mirroring. */
    static boolean isLega(String text) {
        int tab = text.lastIndexOf('\t');
        String hash = text.substring(tab + 1).strip();
        return tab > 0 && hash.length() == MIN_HEX_DIGITS && hexDigits(hash) == MIN_HEX_DIGITS;
    }

    /** @param escapes whether a leading backslash announces an escaped name; not so in lists that end lines with NUL */
    static RowDraft gnuOrBsd(long line, String text, boolean escapes) {
        boolean escaped = escapes && text.startsWith("\\");
        String row = escaped ? text.substring(1) : text;
        RowDraft draft = new RowDraft(line);
        return bsdAlgorithm(row)
                .map(algorithm -> bsd(draft, row, algorithm, escaped))
                .orElseGet(() -> gnu(draft, row, escaped));
    }

    /** @param dataset the id of the dataset, by which the manifest is named */
    static RowDraft lega(long line, String text, String dataset) {
        RowDraft draft = new RowDraft(line);
        int tab = text.lastIndexOf('\t');
        if (tab < 0) {
            return draft.reject(RowFault.MALFORMED_ROW, "expected a name, a TAB and an MD5");
        }
        String name = text.substring(0, tab);
        String plainName = DataFormat.withoutSuffix(name);
        String fileId =
                plainName.endsWith(".bam") ? plainName.substring(0, plainName.length() - ".bam".length()) : plainName;
        return draft.name(name)
                .checksum(
                        Side.PLAIN,
                        ChecksumAlgorithm.MD5,
                        text.substring(tab + 1).strip())
                .fileId(fileId)
                .datasetId(dataset);
    }

    private static RowDraft bsd(RowDraft draft, String row, String algorithm, boolean escaped) {
        int end = row.lastIndexOf(BSD_END);
        String hash = row.substring(end + BSD_END.length()).strip();
        return unescaped(row.substring(algorithm.length() + " (".length(), end), escaped)
                .map(name -> draft.name(name).checksum(Side.ofName(name), algorithm, hash))
                .orElseGet(() -> brokenEscape(draft));
    }

    private static RowDraft gnu(RowDraft draft, String row, boolean escaped) {
        int blank = 0;
        while (blank < row.length() && !isBlank(row.charAt(blank))) {
            blank++;
        }
        if (blank == row.length()) {
            return hexDigits(row) == row.length()
                    ? draft.reject(RowFault.MISSING_NAME, "a checksum without a file name")
                    : draft.reject(RowFault.MALFORMED_ROW, "expected a checksum, two blanks and a name");
        }
        String hash = row.substring(0, blank);
        int start = blank + 1;
        if (start < row.length() && (row.charAt(start) == ' ' || row.charAt(start) == '*')) {
            start++;
        }
        if (hash.isEmpty()) {
            return draft.reject(RowFault.BAD_CHECKSUM, "expected the line to begin with a checksum");
        }
        return unescaped(row.substring(start), escaped)
                .map(name -> draft.name(name).checksum(Side.ofName(name), hash))
                .orElseGet(() -> brokenEscape(draft));
    }

    /** The algorithm of a BSD line, known to us or not; empty if the line is none. */
    private static Optional<String> bsdAlgorithm(String row) {
        int open = row.indexOf(" (");
        boolean bsd = open > 0
                && open < MIN_HEX_DIGITS
                && row.indexOf(' ') == open
                && row.lastIndexOf(BSD_END) >= open + " (".length();
        return bsd ? Optional.of(row.substring(0, open)) : Optional.empty();
    }

    private static Optional<String> unescaped(String name, boolean escaped) {
        if (!escaped) {
            return Optional.of(name);
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\') {
                i++;
                int code = i < name.length() ? "\\nr".indexOf(name.charAt(i)) : -1;
                if (code < 0) {
                    return Optional.empty();
                }
                c = "\\\n\r".charAt(code);
            }
            plain.append(c);
        }
        return Optional.of(plain.toString());
    }

    private static RowDraft brokenEscape(RowDraft draft) {
        return draft.reject(RowFault.MALFORMED_ROW, "a backslash in an escaped name is followed by none of \\ n r");
    }

    private static int hexDigits(String row) {
        int digits = 0;
        while (digits < row.length() && HexFormat.isHexDigit(row.charAt(digits))) {
            digits++;
        }
        return digits;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
