package org.waybill.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The checksums that manifests declare, weakest first. MD5 and SHA-1 are evidence of intactness, not of authenticity. */
public enum ChecksumAlgorithm {
    MD5("MD5", 16),
    SHA1("SHA-1", 20),
    SHA256("SHA-256", 32),
    SHA512("SHA-512", 64);

    private final String standardName;
    private final int lengthBytes;

    ChecksumAlgorithm(String standardName, int lengthBytes) {
        this.standardName = standardName;
        this.lengthBytes = lengthBytes;
    }

    /** The name of the algorithm in the Java Security Standard Algorithm Names, such as {@code SHA-256}. */
    public String standardName() {
        return standardName;
    }

    /** The length of the value in hexadecimal digits. */
    public int hexDigits() {
        return lengthBytes * 2;
    }

    /** The name as coreutils and file endings write it, such as {@code sha256}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(standardName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + standardName, e);
        }
    }

    /** The name of the provider that this machine uses, such as {@code SUN}. */
    public String providerName() {
        return newDigest().getProvider().getName();
    }

    /** The algorithm of that name, whatever its case and with or without its dash: {@code sha-256}, {@code SHA256}. */
    public static Optional<ChecksumAlgorithm> named(String name) {
        String plain = name.replace("-", "").toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(a -> a.name().equals(plain)).findFirst();
    }

    /** The algorithm whose values have that many hexadecimal digits. */
    public static Optional<ChecksumAlgorithm> ofHexDigits(int digits) {
        return Arrays.stream(values()).filter(a -> a.hexDigits() == digits).findFirst();
    }
}
