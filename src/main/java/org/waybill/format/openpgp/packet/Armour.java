package org.waybill.format.openpgp.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.waybill.format.MalformedInputException;

/**
 * ASCII armour (section 6.2): base64 between two lines. Nothing but white space may stand around it. Its CRC-24 is not
 * looked at, as section 6.1 demands: what it would notice, the message's own protection notices.
 */
public final class Armour extends InputStream {

    private static final String START = "-----BEGIN PGP MESSAGE-----";
    private static final String END = "-----END PGP MESSAGE-----";
    private static final int MAX_LINE_BYTES = 1_024; // of the lines before the base64
    private static final int MAX_HEADER_LINES = 64;
    private static final int MAX_CHECKSUM_CHARACTERS = 64; // what may stand between padding and the last line
    private static final int DECODED_BYTES = 3 * 1_024;
    private static final byte[] SEXTETS = sextets();

    private final SourceBytes source;
    private final byte[] decoded = new byte[DECODED_BYTES];
    private int position;
    private int limit;
    private int bits; // of the unfinished group of four characters
    private int characters; // in that group
    private boolean ended;

    private Armour(SourceBytes source) {
        this.source = source;
    }

    /**
     * The packets of a file, armoured or not: the first byte of a packet has its top bit set, and no armour has.
     *
     * @throws MalformedInputException if the file is empty or neither
     */
    public static InputStream removedFrom(SourceBytes source) throws IOException {
        int first = source.peek();
        if (first < 0) {
            throw source.truncated("the file is empty; an OpenPGP message was expected");
        }
        if (first >= OpenPgpFormat.PACKET_BIT) {
            return source;
        }
        Armour armour = new Armour(source);
        armour.readHeader();
        return armour;
    }

    private void readHeader() throws IOException {
        int blank = 0;
        while (isWhite(source.peek()) && ++blank < MAX_LINE_BYTES) {
            source.read();
        }
        String label = line();
        if (!label.equals(START)) {
            throw new MalformedInputException(
                    0,
                    label.startsWith("-----BEGIN PGP")
                            ? "\"" + label + "\" is no OpenPGP message; encrypt the file, do not only sign or export"
                            : "no OpenPGP message: neither a packet nor \"" + START + "\" is at the start");
        }
        for (int lines = 0; !line().isEmpty(); lines++) {
            if (lines > MAX_HEADER_LINES) {
                throw source.malformed("the armour has no empty line after its headers");
            }
        }
    }

    private String line() throws IOException {
        byte[] line = new byte[MAX_LINE_BYTES];
        for (int length = 0; length < MAX_LINE_BYTES; length++) {
            int next = source.read();
            if (next < 0) {
                throw source.truncated("the armour ends within its headers");
            }
            if (next == '\n') {
                return new String(line, 0, length, ISO_8859_1).stripTrailing();
            }
            line[length] = (byte) next;
        }
        throw source.malformed("no OpenPGP message: neither a packet nor a line of armour");
    }

    @Override
    public int read() throws IOException {
        return position < limit || fill() ? Byte.toUnsignedInt(decoded[position++]) : -1;
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(decoded, position, out, from, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        while (!ended && limit <= DECODED_BYTES - 3) {
            int next = source.read();
            if (next < 0) {
                throw source.truncated("the armour ends without its last line");
            }
            byte sextet = next < SEXTETS.length ? SEXTETS[next] : -1;
            if (sextet >= 0) {
                bits = bits << 6 | sextet;
                if (++characters == 4) {
                    flush(3);
                }
            } else if (next == '=' || next == '-') {
                finish(next);
            } else if (!isWhite(next)) {
                throw source.malformed("a character that is no base64 stands in the armour");
            }
        }
        return limit > 0;
    }

    private void flush(int bytes) {
        for (int shift = 16; shift > 16 - 8 * bytes; shift -= 8) {
            decoded[limit++] = (byte) (bits >> shift);
        }
        characters = 0;
        bits = 0;
    }

    /** Section 6.2: padding, then perhaps the checksum, then the last line. */
    private void finish(int first) throws IOException {
        if (characters == 1 || (characters > 1 && first == '-')) {
            throw source.malformed("the base64 of the armour is incomplete");
        }
        if (characters > 1) {
            bits <<= 6 * (4 - characters);
            flush(characters - 1);
        }
        int next = first;
        for (int passed = 0; next != '-'; passed++) {
            if (next < 0) {
                throw source.truncated("the armour ends without its last line");
            }
            if (passed > MAX_CHECKSUM_CHARACTERS || !(isWhite(next) || next == '=' || isSextet(next))) {
                throw source.malformed(
                        "more stands between the base64 of the armour and its last line than a checksum");
            }
            next = source.read();
        }
        for (int i = 1; i < END.length(); i++) {
            next = source.read();
            if (next < 0) {
                throw source.truncated("the armour ends within its last line");
            }
            if (next != END.charAt(i)) {
                throw source.malformed("the armour's last line is not \"" + END + "\"");
            }
        }
        while (isWhite(source.peek())) {
            source.read();
        }
        if (source.peek() >= 0) {
            throw source.malformed("bytes after the armour's last line");
        }
        ended = true;
    }

    private static boolean isSextet(int character) {
        return character < SEXTETS.length && SEXTETS[character] >= 0;
    }

    private static boolean isWhite(int character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    private static byte[] sextets() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        byte[] sextets = new byte[128];
        Arrays.fill(sextets, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            sextets[alphabet.charAt(i)] = (byte) i;
        }
        return sextets;
    }
}
