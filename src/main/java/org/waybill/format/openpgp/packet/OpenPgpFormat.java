package org.waybill.format.openpgp.packet;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The wire format of <a href="https://www.rfc-editor.org/rfc/rfc9580.html">OpenPGP, RFC 9580</a>, which contains that of
 * RFC 4880; sections are those of RFC 9580. All integers are big-endian.
 */
public final class OpenPgpFormat {

    // Section 5, "Packet Types"
    public static final int PUBLIC_KEY_SESSION_KEY = 1; // PKESK
    public static final int SIGNATURE = 2;
    public static final int PASSWORD_SESSION_KEY = 3; // SKESK
    public static final int ONE_PASS_SIGNATURE = 4;
    public static final int COMPRESSED = 8;
    public static final int UNPROTECTED = 9; // SED: encrypted, and nothing notices a change
    public static final int MARKER = 10;
    public static final int LITERAL = 11;
    public static final int PROTECTED = 18; // SEIPD
    public static final int AEAD_DRAFT = 20; // draft-koch-openpgp (LibrePGP): GnuPG 2.3 and later
    public static final int PADDING = 21;
    public static final int FIRST_NOT_CRITICAL = 40; // an unknown packet from here on is passed by (section 4.3)

    static final int NEW_FORMAT_BIT = 0x40;
    static final int PACKET_BIT = 0x80;

    private static final int KEY_ID_DIGITS = 16;

    private OpenPgpFormat() {}

    /** A key id as GnuPG prints it: 16 upper-case hexadecimal digits. */
    public static String keyId(long id) {
        return HexFormat.of().toHexDigits(id, KEY_ID_DIGITS).toUpperCase(Locale.ROOT);
    }

    /** What a packet of that tag is, for messages. */
    static String describe(int tag) {
        return switch (tag) {
            case PUBLIC_KEY_SESSION_KEY, PASSWORD_SESSION_KEY -> "a session key";
            case SIGNATURE -> "a signature";
            case ONE_PASS_SIGNATURE -> "a one-pass signature";
            case 5, 7 -> "a secret key";
            case 6, 14 -> "a public key";
            case COMPRESSED -> "compressed data";
            case UNPROTECTED, PROTECTED, AEAD_DRAFT -> "encrypted data";
            case LITERAL -> "literal data";
            default -> "a packet of type " + tag;
        };
    }
}
