package org.waybill.remote.res;

import java.util.regex.Pattern;

/**
 * How a file is locked, in the words of the service.
 *
 * @param label {@code plain}, {@code aes128}, {@code aes256}, {@code symmetricgpg}, or {@code publicgpg} with perhaps the
 *     name of one of the service's own keys behind it, such as {@code publicgpg_sanger}
 */
public record ResFormat(String label) {

    public static final ResFormat PLAIN = new ResFormat("plain");
    public static final ResFormat AES128 = new ResFormat("aes128");
    public static final ResFormat AES256 = new ResFormat("aes256");
    public static final ResFormat SYMMETRIC_GPG = new ResFormat("symmetricgpg");
    public static final ResFormat PUBLIC_GPG = new ResFormat("publicgpg");

    private static final String PATTERN = "plain|aes128|aes256|symmetricgpg|publicgpg(_[a-z0-9_]{1,32})?";

    /** @throws IllegalArgumentException if the service knows no such format */
    public ResFormat {
        if (!Pattern.matches(PATTERN, label)) {
            throw new IllegalArgumentException("a format of the re-encryption service is expected: plain, aes128,"
                    + " aes256, symmetricgpg, publicgpg or publicgpg_NAME");
        }
    }

    /** Whether it makes no sense without a key. */
    boolean needsKey() {
        return this.equals(AES128) || this.equals(AES256) || this.equals(SYMMETRIC_GPG);
    }

    @Override
    public String toString() {
        return label;
    }
}
