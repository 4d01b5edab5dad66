package org.waybill.format.checksum;

import java.util.Map;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.MalformedInputException;

/**
 * The one line of a side-car file, as <a
 * href="https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html">GNU coreutils</a> write it and
 * {@code md5sum -c} reads it: the digits, two spaces (or a space and an asterisk), the name of the file. A line that
 * starts with a backslash has a name in which backslash, line feed and carriage return are {@code \\}, {@code \n} and
 * {@code \r}.
 *
 * @param name as it stands in the file system, unescaped
 */
public record SidecarLine(Checksum checksum, String name) {

    private static final Map<Character, Character> ESCAPES = Map.of('\\', '\\', '\n', 'n', '\r', 'r');
    private static final Map<Character, Character> ESCAPED = Map.of('\\', '\\', 'n', '\n', 'r', '\r');

    /** @throws IllegalArgumentException if the name is empty or has a NUL, which no file has */
    public SidecarLine {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a side-car line needs the name of a file");
        }
    }

    /** The line, with its line feed. */
    public String text() {
        String escaped = escape(name);
        return (escaped.equals(name) ? "" : "\\") + checksum.hex() + "  " + escaped + "\n";
    }

    /**
     * Reads a line, with or without its line feed. The algorithm is told by the number of digits.
     *
     * @throws MalformedInputException if it is none; its offset counts characters of the line
     */
    public static SidecarLine parse(String text) {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        boolean escaped = line.startsWith("\\");
        int start = escaped ? 1 : 0;
        int digitsEnd = line.indexOf(' ');
        int nameStart = digitsEnd + 2;
        if (digitsEnd < 0 || nameStart >= line.length() || " *".indexOf(line.charAt(digitsEnd + 1)) < 0) {
            throw new MalformedInputException(
                    Math.max(digitsEnd, 0), "a side-car line is a checksum, two spaces and a name");
        }
        String digits = line.substring(start, digitsEnd);
        String name = line.substring(nameStart);
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.ofHexDigits(digits.length())
                .orElseThrow(
                        () -> new MalformedInputException(start, "no checksum has " + digits.length() + " digits"));
        try {
            return new SidecarLine(new Checksum(algorithm, digits), escaped ? unescape(name, nameStart) : name);
        } catch (IllegalArgumentException e) {
            throw new MalformedInputException(start, "a side-car line that no file can have");
        }
    }

    private static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            Character escape = ESCAPES.get(c);
            if (escape == null) {
                escaped.append(c);
            } else {
                escaped.append('\\').append(escape.charValue());
            }
        }
        return escaped.toString();
    }

    private static String unescape(String name, int offset) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\') {
                i++;
                Character meant = i < name.length() ? ESCAPED.get(name.charAt(i)) : null;
                if (meant == null) {
                    throw new MalformedInputException(offset + i - 1L, "a backslash that escapes nothing");
                }
                plain.append(meant.charValue());
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
