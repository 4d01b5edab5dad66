package org.waybill.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;

/** The envelope that a data file comes in. */
public enum DataFormat {
    /** Crypt4GH version 1 (samtools/hts-specs, crypt4gh.tex). */
    CRYPT4GH(List.of(".c4gh"), "crypt4gh"),
    /** EGA's AES-CTR: no magic, so only its name tells it. */
    EGA_AES(List.of(".cip"), ""),
    /** OpenPGP (RFC 9580); the armour header is that of section 6.2. */
    OPENPGP(List.of(".gpg", ".pgp"), "-----BEGIN PGP MESSAGE-----"),
    /** No envelope that we know. */
    PLAIN(List.of(), "");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> suffixes;

    private final String magic; // in ASCII; empty: the bytes do not tell

    DataFormat(List<String> suffixes, String magic) {
        this.suffixes = suffixes;
        this.magic = magic;
    }

    /** What the names of such files end with, where we give them; nothing for {@link #PLAIN}. */
    public String suffix() {
        return suffixes.isEmpty() ? "" : suffixes.get(0);
    }

    /** The format that the name claims by its last suffix, whatever its case; {@link #PLAIN} if by none. */
    public static DataFormat ofName(String name) {
        return Arrays.stream(values())
                .filter(format -> format.suffixes.stream().anyMatch(suffix -> ends(name, suffix)))
                .findFirst()
                .orElse(PLAIN);
    }

    /**
     * The name without its encryption suffix: exactly one is taken off, whatever its case, so {@code a.bam.gpg.c4gh}
     * gives {@code a.bam.gpg}. A name (or last segment of a path) that is nothing but a suffix stays as it is.
     */
    public static String withoutSuffix(String name) {
        return Arrays.stream(values())
                .flatMap(format -> format.suffixes.stream())
                .filter(suffix -> ends(name, suffix))
                .findFirst()
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .filter(rest -> !rest.isEmpty() && !rest.endsWith("/"))
                .orElse(name);
    }

    /**
     * The format of a file: what its first bytes say, else what its name claims. A binary OpenPGP message has no magic
     * that plain data could not have too, and EGA AES none at all, so these are known by name. A name that claims an
     * envelope which the bytes lack keeps its claim: its decryption then fails, which is right, whereas taking a damaged
     * envelope for plain data would be silent.
     *
     * @param head the first bytes of the file; 64 are enough
     */
    public static DataFormat recognise(String name, byte[] head) {
        String start = new String(head, US_ASCII);
        return Arrays.stream(values())
                .filter(format -> !format.magic.isEmpty() && start.startsWith(format.magic))
                .findFirst()
                .orElseGet(() -> ofName(name));
    }

    private static boolean ends(String name, String suffix) {
        return name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length());
    }
}
