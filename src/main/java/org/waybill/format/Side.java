package org.waybill.format;

/** The two forms of one data file that a size or a checksum can be about. */
public enum Side {
    /** The bytes that travel: inside a Crypt4GH, EGA AES or OpenPGP envelope. */
    ENCRYPTED,
    /** The bytes that the researcher made. */
    PLAIN;

    /**
     * The side that a file of that name is: a name with an encryption suffix names the encrypted file, every other name
     * the plain one. A checksum list such as {@code md5sum}'s speaks of the file that it names.
     */
    public static Side ofName(String name) {
        return DataFormat.ofName(name) == DataFormat.PLAIN ? PLAIN : ENCRYPTED;
    }
}
