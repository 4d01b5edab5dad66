package org.waybill.format.crypt4gh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Files that our writer never makes: several data keys, edit lists, odd packets. */
public final class HandMadeFile {

    private final Crypt4ghSecretKey writer = Crypt4ghSecretKey.generate();
    private final Crypt4ghPublicKey reader;
    private final ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    private final List<byte[]> packets = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public HandMadeFile(Crypt4ghPublicKey reader) {
        this.reader = reader;
    }

    public HandMadeFile dataKey(ChaCha20Poly1305.Key key) {
        return packet(fields(40).putInt(0).putInt(0).put(key.getEncoded()));
    }

    public HandMadeFile editList(long... lengths) {
        ByteBuffer fields = fields(8 + 8 * lengths.length).putInt(1).putInt(lengths.length);
        for (long length : lengths) {
            fields.putLong(length);
        }
        return packet(fields);
    }

    HandMadeFile packet(ByteBuffer fields) {
        return rawPacket(SealedPacket.seal(bytesOf(fields), writer, reader, cipher));
    }

    HandMadeFile rawPacket(byte[] packet) {
        packets.add(packet);
        return this;
    }

    public HandMadeFile segment(ChaCha20Poly1305.Key key, byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + ChaCha20Poly1305.OVERHEAD_BYTES];
        cipher.seal(key, plaintext, 0, plaintext.length, sealed, 0);
        body.writeBytes(sealed);
        return this;
    }

    /** The key that the packets are written with. */
    public Crypt4ghPublicKey writer() {
        return writer.publicKey();
    }

    public byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Crypt4ghHeader.write(packets));
        file.writeBytes(body.toByteArray());
        return file.toByteArray();
    }

    /** All bytes of the fields, those that were not set being zero. */
    static byte[] bytesOf(ByteBuffer fields) {
        byte[] bytes = new byte[fields.capacity()];
        fields.clear().get(bytes);
        return bytes;
    }

    static ByteBuffer fields(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
