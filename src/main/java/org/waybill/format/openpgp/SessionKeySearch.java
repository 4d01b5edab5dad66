package org.waybill.format.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyEncSessionPacket;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyEncSessionPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.WrongKeyException;
import org.waybill.format.openpgp.cipher.EncryptedData;
import org.waybill.format.openpgp.cipher.EncryptedData.Protection;
import org.waybill.format.openpgp.cipher.SessionKey;
import org.waybill.format.openpgp.cipher.SymmetricAlgorithm;
import org.waybill.format.openpgp.packet.OpenPgpFormat;
import org.waybill.format.openpgp.packet.Packet;
import org.waybill.format.openpgp.packet.SourceBytes;

/** Opens the packets that hold the session key (sections 5.1 and 5.3) with our keys and passwords. */
final class SessionKeySearch {

    private static final int MAX_PACKET_BYTES = 8_192; // two numbers of 16,384 bits have half of that
    private static final int MAX_RECIPIENTS = 1_000;
    private static final int MAX_PASSWORDS = 16; // each is hashed through up to 65 MB
    private static final int MAX_ARGON_MEMORY = 17; // 2^17 KiB = 128 MiB; RFC 9106 recommends 64 MiB to the thrifty
    private static final int MAX_ARGON_PASSES = 16;
    private static final int CHECKSUM_BYTES = 2;

    private final SourceBytes source;
    private final OpenPgpKeys keys;
    private final List<PublicKeyEncSessionPacket> recipients = new ArrayList<>();
    private final List<SymmetricKeyEncSessionPacket> passwords = new ArrayList<>();
    private int unknown;
    private boolean damaged; // a packet for one of our keys did not open

    SessionKeySearch(SourceBytes source, OpenPgpKeys keys) {
        this.source = source;
        this.keys = keys;
    }

    /** Takes a packet with a session key; one of an unknown version is for somebody else. */
    void add(Packet packet) throws IOException {
        byte[] bytes = packet.toBytes(MAX_PACKET_BYTES);
        try {
            Object parsed = new BCPGInputStream(new ByteArrayInputStream(bytes)).readPacket();
            if (parsed instanceof PublicKeyEncSessionPacket recipient) {
                recipients.add(recipient);
            } else if (parsed instanceof SymmetricKeyEncSessionPacket password) {
                passwords.add(password);
            }
        } catch (IOException | RuntimeException e) { // of an array in memory: its content is at fault
            unknown++;
        }
        if (recipients.size() + unknown > MAX_RECIPIENTS || passwords.size() > MAX_PASSWORDS) {
            throw source.malformed(
                    "a message for more than " + MAX_RECIPIENTS + " keys or " + MAX_PASSWORDS + " passwords");
        }
    }

    /**
     * The session keys that may be the message's, the certain ones first.
     *
     * @throws WrongKeyException if there is none; names the keys concerned
     * @throws AuthenticationFailedException if our key is meant, and its packet is damaged
     */
    List<SessionKey> open(EncryptedData data) {
        List<SessionKey> found = new ArrayList<>();
        for (PublicKeyEncSessionPacket recipient : recipients) {
            if ((recipient.getVersion() == PublicKeyEncSessionPacket.VERSION_6) == isAead(data)) {
                keys.candidates(recipient.getKeyID()).stream()
                        .filter(key -> key.getPublicKeyPacket().getAlgorithm() == recipient.getAlgorithm())
                        .forEach(key -> decrypt(recipient, key, data).ifPresent(found::add));
            }
        }
        if (found.isEmpty()) {
            for (SymmetricKeyEncSessionPacket packet : passwords) {
                if ((packet.getVersion() == SymmetricKeyEncSessionPacket.VERSION_6) == isAead(data)) {
                    keys.passwords()
                            .forEach(password -> decrypt(packet, password, data).ifPresent(found::add));
                }
            }
        }
        if (found.isEmpty()) {
            throw noneFits(data);
        }
        return found;
    }

    private static boolean isAead(EncryptedData data) {
        return data.protection() == Protection.AEAD;
    }

    private Optional<SessionKey> decrypt(PublicKeyEncSessionPacket packet, PGPPrivateKey key, EncryptedData data) {
        byte[] session = {};
        byte[] bare = {};
        try {
            session = new BcPublicKeyDataDecryptorFactory(key)
                    .recoverSessionData(packet.getAlgorithm(), packet.getEncSessionKey(), packet.getVersion());
            boolean native9580 = packet.getAlgorithm() == PublicKeyAlgorithmTags.X25519
                    || packet.getAlgorithm() == PublicKeyAlgorithmTags.X448;
            boolean namesCipher = !isAead(data) && !native9580;
            int from = namesCipher ? 1 : 0;
            int to = session.length - (native9580 ? 0 : CHECKSUM_BYTES);
            bare = Arrays.copyOfRange(session, from, to);
            if (native9580 || hasRightChecksum(session, from)) {
                int named = namesCipher ? session[0] : cipherOutside(packet);
                Optional<SymmetricAlgorithm> cipher = data.algorithm().or(() -> SymmetricAlgorithm.numbered(named));
                return Optional.of(new SessionKey(cipher.orElseThrow(), bare, true));
            }
        } catch (PGPException | RuntimeException e) {
            damaged |= packet.getKeyID() != 0; // a hidden recipient may well be somebody else
            return Optional.empty();
        } finally {
            Arrays.fill(session, (byte) 0);
            Arrays.fill(bare, (byte) 0);
        }
        damaged |= packet.getKeyID() != 0;
        return Optional.empty();
    }

    /** Section 5.1.6: X25519 and X448 have the cipher's number outside, behind the point and one byte of length. */
    private static int cipherOutside(PublicKeyEncSessionPacket packet) {
        int pointBytes = packet.getAlgorithm() == PublicKeyAlgorithmTags.X25519 ? 32 : 56;
        return packet.getVersion() == PublicKeyEncSessionPacket.VERSION_3
                ? packet.getEncSessionKey()[0][pointBytes + 1]
                : 0;
    }

    /** Section 5.1: the sum of the key's bytes, modulo 65,536. */
    private static boolean hasRightChecksum(byte[] session, int from) {
        int end = session.length - CHECKSUM_BYTES;
        int sum = 0;
        for (int i = from; i < end; i++) {
            sum += Byte.toUnsignedInt(session[i]);
        }
        return session[end] == (byte) (sum >> 8) && session[end + 1] == (byte) sum;
    }

    private static Optional<SessionKey> decrypt(
            SymmetricKeyEncSessionPacket packet, char[] password, EncryptedData data) {
        byte[] derived = {};
        byte[] session = {};
        byte[] bare = {};
        try {
            if (asksTooMuch(packet.getS2K())) {
                return Optional.empty();
            }
            BcPBEDataDecryptorFactory factory = new BcPBEDataDecryptorFactory(password, OpenPgpKeys.digests());
            derived = factory.makeKeyFromPassPhrase(packet.getEncAlgorithm(), packet.getS2K());
            if (packet.getVersion() == SymmetricKeyEncSessionPacket.VERSION_4) {
                session = factory.recoverSessionData(packet.getEncAlgorithm(), derived, packet.getSecKeyData());
                bare = Arrays.copyOfRange(session, 1, session.length);
                return Optional.of(
                        new SessionKey(SymmetricAlgorithm.numbered(session[0]).orElseThrow(), bare, false));
            }
            session = factory.recoverAEADEncryptedSessionData(packet, derived);
            return Optional.of(new SessionKey(data.algorithm().orElseThrow(), session, true));
        } catch (PGPException | RuntimeException e) {
            return Optional.empty(); // a wrong password, or nonsense in the packet
        } finally {
            Arrays.fill(derived, (byte) 0);
            Arrays.fill(session, (byte) 0);
            Arrays.fill(bare, (byte) 0);
        }
    }

    private static boolean asksTooMuch(S2K s2k) {
        return s2k.getType() == S2K.ARGON_2
                && (s2k.getMemorySizeExponent() > MAX_ARGON_MEMORY || s2k.getPasses() > MAX_ARGON_PASSES);
    }

    private RuntimeException noneFits(EncryptedData data) {
        if (damaged) {
            return new AuthenticationFailedException(
                    data.offset(), "the message is for one of our keys, and its session key is damaged");
        }
        List<String> meant = recipients.stream()
                .map(packet -> packet.getKeyID() == 0 ? "a hidden key" : OpenPgpFormat.keyId(packet.getKeyID()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!passwords.isEmpty()) {
            meant.add("a password");
        }
        if (unknown > 0) {
            meant.add(unknown + " in an unknown form");
        }
        String ours = keys.keys().stream()
                .map(key -> key.present() ? key.keyId() : key.keyId() + " (its secret part is not in the key file)")
                .collect(Collectors.joining(", "));
        return new WrongKeyException(
                data.offset(),
                "none of our keys or passwords opens the message; it is for "
                        + (meant.isEmpty() ? "nobody" : String.join(", ", meant)) + "; our keys are "
                        + (ours.isEmpty() ? "none" : ours) + ", and we have "
                        + keys.passwords().size() + " passwords");
    }
}
