package org.waybill.cli.crypt.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.openpgp.cipher.EncryptedData;
import org.waybill.format.openpgp.cipher.SymmetricAlgorithm;
import org.waybill.format.openpgp.packet.Armour;
import org.waybill.format.openpgp.packet.OpenPgpFormat;
import org.waybill.format.openpgp.packet.Packet;
import org.waybill.format.openpgp.packet.PacketReader;
import org.waybill.format.openpgp.packet.SourceBytes;

/** What an OpenPGP message says to everybody, in the packets before its encrypted data (RFC 9580, sections 5.1 and 5.3). */
public final class OpenPgpHeader {

    /**
     * Who can open the message.
     *
     * @param keyId 16 hexadecimal digits; null where the sender hid it
     * @param algorithm of the key, such as {@code RSA}
     */
    public record Recipient(@Nullable String keyId, String algorithm) {}

    private static final int MAX_PACKET_BYTES = 8_192; // as the reader of whole messages has it
    private static final int MAX_PACKETS = 1_000;
    private static final int KEY_ID_BYTES = 8;
    private static final int LAST_VERSION = 6; // of RFC 9580

    private final SourceBytes source;
    private final List<Recipient> recipients = new ArrayList<>();
    private int passwords;
    private int unknown;
    private boolean armoured;
    private Optional<EncryptedData> data = Optional.empty(); // nothing where it has no integrity protection

    private OpenPgpHeader(InputStream in) {
        this.source = new SourceBytes(in);
    }

    /**
     * Reads up to the encrypted data, and some bytes more.
     *
     * @throws MalformedInputException if no encrypted message starts here
     */
    public static OpenPgpHeader read(InputStream in) throws IOException {
        OpenPgpHeader header = new OpenPgpHeader(in);
        header.readPackets();
        return header;
    }

    /**
     * Whether a file starts as a binary message does: with whole session key packets of known versions, and then encrypted
     * data, as far as that is within the head. Bytes by chance do so once in some thousand millions.
     */
    static boolean isIn(byte[] head) {
        if (head.length == 0 || head[0] >= 0) {
            return false; // the first byte of a packet has its top bit set
        }
        OpenPgpHeader header = new OpenPgpHeader(new ByteArrayInputStream(head));
        try {
            header.readPackets();
        } catch (TruncatedInputException e) {
            // The head ends here; what was read so far decides.
        } catch (MalformedInputException | IOException e) {
            return false;
        }
        return header.unknown == 0 && header.recipients.size() + header.passwords > 0;
    }

    private void readPackets() throws IOException {
        InputStream packets = Armour.removedFrom(source);
        armoured = packets instanceof Armour;
        PacketReader reader = new PacketReader(packets, source);
        for (int count = 0; count <= MAX_PACKETS; count++) {
            Packet packet =
                    reader.next().orElseThrow(() -> source.truncated("the message ends before its encrypted data"));
            switch (packet.tag()) {
                case OpenPgpFormat.PUBLIC_KEY_SESSION_KEY -> addRecipient(packet);
                case OpenPgpFormat.PASSWORD_SESSION_KEY -> addPassword(packet);
                case OpenPgpFormat.MARKER -> packet.toBytes(3); // "PGP", section 5.8
                case OpenPgpFormat.UNPROTECTED -> {
                    return;
                }
                case OpenPgpFormat.PROTECTED, OpenPgpFormat.AEAD_DRAFT -> {
                    data = Optional.of(EncryptedData.read(packet, source));
                    return;
                }
                default ->
                    throw new MalformedInputException(
                            packet.offset(),
                            "an encrypted message was expected, and " + packet.description() + " was found");
            }
        }
        throw source.malformed("a message for more than " + MAX_PACKETS + " keys and passwords");
    }

    private void addRecipient(Packet packet) throws IOException {
        int version = field(packet);
        String keyId;
        switch (version) {
            case 2, 3 -> keyId = keyId(packet.body().readField(KEY_ID_BYTES), 0);
            case LAST_VERSION -> keyId = keyIdOfFingerprint(packet);
            default -> {
                packet.toBytes(MAX_PACKET_BYTES);
                unknown++;
                return;
            }
        }
        int number = field(packet);
        Optional<String> algorithm = algorithm(number);
        ByteBuffer sessionKey = rest(packet);
        if (algorithm.isPresent() && SessionKeyFields.areOfKey(number, sessionKey)) {
            recipients.add(new Recipient(keyId, algorithm.get()));
        } else {
            unknown++;
        }
    }

    /** Section 5.1.2: its length with the key's version before it; 0: hidden. */
    private @Nullable String keyIdOfFingerprint(Packet packet) throws IOException {
        int length = field(packet);
        if (length == 0) {
            return null;
        }
        int keyVersion = field(packet);
        byte[] fingerprint = packet.body().readField(length - 1);
        if (fingerprint.length < KEY_ID_BYTES) {
            throw source.malformed("a fingerprint of " + fingerprint.length + " bytes");
        }
        return keyId(fingerprint, keyVersion == 4 ? fingerprint.length - KEY_ID_BYTES : 0);
    }

    private static @Nullable String keyId(byte[] bytes, int from) {
        long id = ByteBuffer.wrap(bytes).getLong(from);
        return id == 0 ? null : OpenPgpFormat.keyId(id);
    }

    private void addPassword(Packet packet) throws IOException {
        int version = field(packet);
        ByteBuffer fields = rest(packet);
        boolean known = SessionKeyFields.areOfPassword(version, fields);
        passwords += known ? 1 : 0;
        unknown += known ? 0 : 1;
    }

    /** What of the packet was not read yet. */
    private ByteBuffer rest(Packet packet) throws IOException {
        byte[] rest = packet.body().readNBytes(MAX_PACKET_BYTES);
        if (packet.body().read() >= 0) {
            throw source.malformed("a session key of more than " + MAX_PACKET_BYTES + " bytes");
        }
        return ByteBuffer.wrap(rest);
    }

    private static int field(Packet packet) throws IOException {
        return Byte.toUnsignedInt(packet.body().readField(1)[0]);
    }

    /** Section 9.1. */
    private static Optional<String> algorithm(int number) {
        return switch (number) {
            case 1, 2 -> Optional.of("RSA");
            case 16, 20 -> Optional.of("ElGamal");
            case 18 -> Optional.of("ECDH");
            case 25 -> Optional.of("X25519");
            case 26 -> Optional.of("X448");
            default -> Optional.empty();
        };
    }

    public boolean isArmoured() {
        return armoured;
    }

    public List<Recipient> recipients() {
        return List.copyOf(recipients);
    }

    /** How many passwords open the message. */
    public int passwords() {
        return passwords;
    }

    /** How many more can open it, in a form that is not known here. */
    public int unknown() {
        return unknown;
    }

    /** How changes are noticed; nothing: not at all, and such a message is not decrypted. */
    public Optional<EncryptedData.Protection> protection() {
        return data.map(EncryptedData::protection);
    }

    /** The cipher of the data, where it is said in the open. */
    public Optional<SymmetricAlgorithm> cipher() {
        return data.flatMap(EncryptedData::algorithm);
    }
}
