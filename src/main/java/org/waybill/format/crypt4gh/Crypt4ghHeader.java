package org.waybill.format.crypt4gh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.UntrustedSenderException;
import org.waybill.format.WrongKeyException;

/** The header of a Crypt4GH file: what it says to everybody, and to the holder of a key. */
public final class Crypt4ghHeader {

    private static final int KEYS_IN_A_MESSAGE = 5;

    private final int packetCount;
    private final long lengthBytes;
    private final List<SealedPacket> packets;

    Crypt4ghHeader(int packetCount, long lengthBytes, List<SealedPacket> packets) {
        this.packetCount = packetCount;
        this.lengthBytes = lengthBytes;
        this.packets = List.copyOf(packets);
    }

    /**
     * Reads a header, and not a byte more.
     *
     * @throws TruncatedInputException if the input ends within the header
     * @throws MalformedInputException if this is no Crypt4GH file of version 1, or one with absurd numbers
     * @throws IOException of the input, unchanged
     */
    public static Crypt4ghHeader read(InputStream in) throws IOException {
        return new HeaderParser(in).parse();
    }

    /** How many packets there are, those of unknown methods included. */
    public int packetCount() {
        return packetCount;
    }

    /** Where the first segment starts, in bytes from the start of the file. */
    public long lengthBytes() {
        return lengthBytes;
    }

    /** The public keys that the packets were written with, each once; mostly a single one that nobody can trace. */
    public List<Crypt4ghPublicKey> writers() {
        return packets.stream().map(SealedPacket::writer).distinct().toList();
    }

    /**
     * Opens what is for us. The reader is the first of the keys that opens a data key; packets that it does not open
     * are somebody else's and are left aside.
     *
     * @throws WrongKeyException if none of the keys opens a data key; the message names the public keys tried and those
     *     of the writers
     * @throws MalformedInputException if what the opened packets say is contradictory or unknown
     */
    public HeaderContents open(List<Crypt4ghSecretKey> keys) {
        return open(keys, List.of());
    }

    /**
     * Opens what trusted senders wrote for us; packets of others are left aside.
     *
     * @param senders public keys; empty: anybody is trusted
     * @throws UntrustedSenderException if none of them wrote a packet
     */
    public HeaderContents open(List<Crypt4ghSecretKey> keys, List<Crypt4ghPublicKey> senders) {
        List<Crypt4ghPublicKey> trusted = writers().stream()
                .filter(writer -> senders.isEmpty() || senders.contains(writer))
                .toList();
        if (trusted.isEmpty() && !writers().isEmpty()) {
            throw new UntrustedSenderException(
                    Crypt4ghFormat.PREAMBLE_BYTES,
                    "the file was written by " + list(writers()) + "; trusted are " + list(senders));
        }
        for (Crypt4ghSecretKey key : keys) {
            HeaderContents contents = openWith(key, trusted);
            if (contents.dataKeyCount() > 0) {
                return contents;
            }
        }
        throw new WrongKeyException(
                Crypt4ghFormat.PREAMBLE_BYTES,
                "no header packet (of " + packetCount + ") gives us a data key; tried our public key "
                        + list(keys.stream().map(Crypt4ghSecretKey::publicKey).toList())
                        + "; the file was written by " + list(writers()));
    }

    /** Mostly one writer's key made all packets, and one agreement with it serves them all. */
    private HeaderContents openWith(Crypt4ghSecretKey reader, List<Crypt4ghPublicKey> trusted) {
        HeaderContents contents = new HeaderContents();
        ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        try {
            for (Crypt4ghPublicKey writer : trusted) {
                Optional<ChaCha20Poly1305.Key> shared = reader.sharedKeyAsReader(writer);
                if (shared.isEmpty()) {
                    continue;
                }
                try (ChaCha20Poly1305.Key key = shared.get()) {
                    packets.stream()
                            .filter(packet -> packet.writer().equals(writer))
                            .forEach(packet -> packet.open(key, cipher, contents));
                }
            }
            return contents;
        } catch (RuntimeException e) {
            contents.close();
            throw e;
        }
    }

    static byte[] write(List<byte[]> packets) {
        if (packets.isEmpty() || packets.size() > Crypt4ghFormat.MAX_PACKETS) {
            throw new IllegalArgumentException(
                    "a header has 1 to " + Crypt4ghFormat.MAX_PACKETS + " packets, not " + packets.size());
        }
        int packetBytes = packets.stream().mapToInt(packet -> packet.length).sum();
        ByteBuffer header = ByteBuffer.allocate(Crypt4ghFormat.PREAMBLE_BYTES + packetBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Crypt4ghFormat.magic())
                .putInt(Crypt4ghFormat.VERSION)
                .putInt(packets.size());
        packets.forEach(header::put);
        return header.array();
    }

    private static String list(List<Crypt4ghPublicKey> keys) {
        int more = keys.size() - KEYS_IN_A_MESSAGE;
        return keys.stream()
                .limit(KEYS_IN_A_MESSAGE)
                .map(Crypt4ghPublicKey::toString)
                .collect(Collectors.joining(", ", "", more > 0 ? " and " + more + " more" : ""));
    }

    @Override
    public String toString() {
        return "Crypt4GH header of " + packetCount + " packets, " + lengthBytes + " bytes, written by "
                + list(writers());
    }
}
