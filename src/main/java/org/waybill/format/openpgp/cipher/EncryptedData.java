package org.waybill.format.openpgp.cipher;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.waybill.format.MalformedInputException;
import org.waybill.format.WrongKeyException;
import org.waybill.format.openpgp.packet.OpenPgpFormat;
import org.waybill.format.openpgp.packet.Packet;
import org.waybill.format.openpgp.packet.SourceBytes;

/** The packet that holds the encrypted data: its version and parameters, sections 5.7 and 5.13. */
public final class EncryptedData {

    /** How changes of the data are noticed; it says which versions of session key packets belong to it. */
    public enum Protection {
        /** SEIPD version 1: CFB, and a SHA-1 at the end. */
        MDC,
        /** SEIPD version 2 of RFC 9580: authenticated chunks. */
        AEAD,
        /** Packet 20 of GnuPG 2.3 and later: authenticated chunks, too. */
        AEAD_DRAFT
    }

    private static final int LARGEST_CHUNK = 16; // 2^(16 + 6) bytes = 4 MiB: RFC 9580's largest, and GnuPG's usual one
    private static final int SALT_BYTES = 32;

    private final Packet packet;
    private final SourceBytes source;
    private final Protection protection;
    private final Optional<AeadParameters> aead;

    private EncryptedData(Packet packet, SourceBytes source, Protection protection, Optional<AeadParameters> aead) {
        this.packet = packet;
        this.source = source;
        this.protection = protection;
        this.aead = aead;
    }

    /**
     * Reads what stands before the ciphertext.
     *
     * @throws MalformedInputException if the data have no protection against changes, or one that is unknown
     */
    public static EncryptedData read(Packet packet, SourceBytes source) throws IOException {
        if (packet.tag() == OpenPgpFormat.UNPROTECTED) {
            throw new MalformedInputException(
                    packet.offset(),
                    "the message has no integrity protection (neither MDC nor AEAD), so a change could not be noticed;"
                            + " have it encrypted again, with GnuPG without --rfc2440 and --disable-mdc");
        }
        int version = Byte.toUnsignedInt(packet.body().readField(1)[0]);
        if (packet.tag() == OpenPgpFormat.AEAD_DRAFT && version == 1) {
            return new EncryptedData(packet, source, Protection.AEAD_DRAFT, Optional.of(readAead(packet, version)));
        }
        if (packet.tag() == OpenPgpFormat.PROTECTED && version == 1) {
            return new EncryptedData(packet, source, Protection.MDC, Optional.empty());
        }
        if (packet.tag() == OpenPgpFormat.PROTECTED && version == 2) {
            return new EncryptedData(packet, source, Protection.AEAD, Optional.of(readAead(packet, version)));
        }
        throw new MalformedInputException(packet.offset(), "encrypted data of an unknown version, number " + version);
    }

    private static AeadParameters readAead(Packet packet, int version) throws IOException {
        byte[] fields = packet.body().readField(3);
        SymmetricAlgorithm algorithm = SymmetricAlgorithm.numbered(fields[0])
                .filter(a -> a.blockBytes() == AeadParameters.BLOCK_BYTES)
                .orElseThrow(() -> malformed(packet, "AEAD with an unknown cipher, number " + fields[0]));
        AeadMode mode = AeadMode.numbered(fields[1])
                .orElseThrow(() -> malformed(packet, "AEAD in an unknown mode, number " + fields[1]));
        if (fields[2] < 0 || fields[2] > LARGEST_CHUNK) {
            throw malformed(packet, "AEAD in chunks of more than 4 MiB, which RFC 9580 forbids");
        }
        byte[] start =
                packet.body().readField(packet.tag() == OpenPgpFormat.PROTECTED ? SALT_BYTES : mode.nonceBytes());
        byte[] associated = {(byte) (0xC0 | packet.tag()), (byte) version, fields[0], fields[1], fields[2]};
        return new AeadParameters(
                packet.tag() == OpenPgpFormat.AEAD_DRAFT, algorithm, mode, fields[2], start, associated);
    }

    private static MalformedInputException malformed(Packet packet, String reason) {
        return new MalformedInputException(packet.offset(), reason);
    }

    public Protection protection() {
        return protection;
    }

    /** Where the packet was noticed, in bytes from the start of the file. */
    public long offset() {
        return packet.offset();
    }

    /** The cipher, where this packet says it. */
    public Optional<SymmetricAlgorithm> algorithm() {
        return aead.map(AeadParameters::algorithm);
    }

    /**
     * The content, decrypted while it is read. Its end proves that it is intact; closing it zeroes what is at hand.
     *
     * @param keys in the order in which they are tried; not empty; stay the caller's, who may close them
     * @throws WrongKeyException if none fits
     */
    public InputStream decrypt(List<SessionKey> keys) throws IOException {
        if (aead.isEmpty()) {
            return MdcInputStream.open(packet, source, keys);
        }
        SymmetricAlgorithm wanted = aead.get().algorithm();
        SessionKey key = keys.stream()
                .filter(k -> k.algorithm() == wanted)
                .findFirst()
                .orElseThrow(() -> malformed(packet, "the session key is for another cipher than the data"));
        return new AeadInputStream(packet, source, aead.get(), key);
    }
}
