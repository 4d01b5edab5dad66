package org.waybill.format;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The value of a checksum.
 *
 * @param hex the value in lower-case hexadecimal digits; upper-case digits are taken and lowered
 */
public record Checksum(ChecksumAlgorithm algorithm, String hex) {

    /** @throws IllegalArgumentException if {@code hex} is not a value of the algorithm */
    public Checksum {
        if (hex.length() != algorithm.hexDigits() || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "a " + algorithm.label() + " has " + algorithm.hexDigits() + " hexadecimal digits");
        }
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /** The checksum of a finished digest. */
    public static Checksum of(ChecksumAlgorithm algorithm, byte[] value) {
        return new Checksum(algorithm, HexFormat.of().formatHex(value));
    }

    @Override
    public String toString() {
        return algorithm.label() + ":" + hex;
    }
}
