package org.waybill.format.crypt4gh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** One header packet of the method X25519_chacha20_ietf_poly1305, as it lies in the file. */
final class SealedPacket {

    private final long offset; // in bytes from the start of the file
    private final Crypt4ghPublicKey writer;
    private final byte[] sealed; // nonce, ciphertext and MAC of the payload

    private SealedPacket(long offset, Crypt4ghPublicKey writer, byte[] sealed) {
        this.offset = offset;
        this.writer = writer;
        this.sealed = sealed;
    }

    /** The packet of a file whose length and method were read already. */
    static SealedPacket of(long offset, byte[] afterMethod) {
        return new SealedPacket(
                offset,
                new Crypt4ghPublicKey(Arrays.copyOf(afterMethod, Crypt4ghPublicKey.BYTES)),
                Arrays.copyOfRange(afterMethod, Crypt4ghPublicKey.BYTES, afterMethod.length));
    }

    /**
     * The bytes of a new packet.
     *
     * @throws IllegalArgumentException if nothing can be encrypted for that reader
     */
    static byte[] seal(byte[] payload, Crypt4ghSecretKey writer, Crypt4ghPublicKey reader, ChaCha20Poly1305 cipher) {
        int start = Crypt4ghFormat.PACKET_START_BYTES + Crypt4ghPublicKey.BYTES;
        byte[] packet = new byte[start + payload.length + ChaCha20Poly1305.OVERHEAD_BYTES];
        ByteBuffer.wrap(packet)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(packet.length)
                .putInt(Crypt4ghFormat.METHOD_X25519_CHACHA20_IETF_POLY1305)
                .put(writer.publicKey().bytes());
        try (ChaCha20Poly1305.Key key = writer.sharedKeyAsWriter(reader)
                .orElseThrow(() -> new IllegalArgumentException("nothing can be encrypted for the key " + reader))) {
            cipher.seal(key, payload, 0, payload.length, packet, start);
        }
        return packet;
    }

    Crypt4ghPublicKey writer() {
        return writer;
    }

    /** Adds what the packet holds, unless it was sealed for another reader. */
    void open(ChaCha20Poly1305.Key key, ChaCha20Poly1305 cipher, HeaderContents contents) {
        byte[] payload = new byte[sealed.length - ChaCha20Poly1305.NONCE_BYTES];
        int length = cipher.open(key, sealed, 0, sealed.length, payload, 0);
        if (length != ChaCha20Poly1305.UNAUTHENTIC) {
            contents.add(ByteBuffer.wrap(payload, 0, length).order(ByteOrder.LITTLE_ENDIAN), offset);
        }
        Arrays.fill(payload, (byte) 0);
    }
}
