package org.waybill.format.crypt4gh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;

/**
 * What the packets of a header hold for their reader: the keys of the data and perhaps an edit list. Zeroed by {@link
 * #close()}.
 */
public final class HeaderContents implements Destroyable, AutoCloseable {

    private final List<ChaCha20Poly1305.Key> dataKeys = new ArrayList<>();
    private @Nullable EditList editList;
    private boolean destroyed;

    HeaderContents() {}

    /** One random data key and no edit list: the header of a new file. */
    static HeaderContents ofNewFile() {
        HeaderContents contents = new HeaderContents();
        contents.dataKeys.add(ChaCha20Poly1305.Key.random());
        return contents;
    }

    /** How many keys the data may be encrypted with. */
    public int dataKeyCount() {
        return dataKeys.size();
    }

    /** Which parts of the plaintext are the content of the file; mostly nothing, and then all of it is. */
    public Optional<EditList> editList() {
        return Optional.ofNullable(editList);
    }

    /**
     * The bytes of a header with these contents for other readers, written by a key pair that nobody keeps. Followed by
     * the body of the file, unchanged, it is the same file for them (rewrapping).
     *
     * @throws IllegalArgumentException if there is no recipient, there are more than a header may have, or nothing can
     *     be encrypted for one of them
     */
    public byte[] sealFor(List<Crypt4ghPublicKey> recipients) {
        if (destroyed) {
            throw new IllegalStateException("the contents of the header were destroyed");
        }
        List<byte[]> packets = new ArrayList<>();
        List<byte[]> payloads = payloads();
        ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        try (Crypt4ghSecretKey writer = Crypt4ghSecretKey.generate()) {
            for (byte[] payload : payloads) {
                recipients.forEach(reader -> packets.add(SealedPacket.seal(payload, writer, reader, cipher)));
            }
        } finally {
            payloads.forEach(payload -> Arrays.fill(payload, (byte) 0));
        }
        return Crypt4ghHeader.write(packets);
    }

    List<ChaCha20Poly1305.Key> dataKeys() {
        return dataKeys;
    }

    /**
     * Takes in what one opened packet holds.
     *
     * @param offset of the packet, for messages
     */
    void add(ByteBuffer fields, long offset) {
        int type = fields.getInt();
        switch (type) {
            case Crypt4ghFormat.PACKET_DATA_KEY -> addDataKey(fields, offset);
            case Crypt4ghFormat.PACKET_EDIT_LIST -> addEditList(fields, offset);
            default ->
                throw new MalformedInputException(
                        offset, "a header packet has the unknown type " + Integer.toUnsignedString(type));
        }
    }

    private void addDataKey(ByteBuffer fields, long offset) {
        requireRemaining(fields, Crypt4ghFormat.INTEGER_BYTES, offset);
        int method = fields.getInt();
        if (method == Crypt4ghFormat.DATA_CHACHA20_IETF_POLY1305_WITH_AEAD) {
            throw new MalformedInputException(
                    offset, "the data is encrypted by chacha20_ietf_poly1305_with_AEAD, which is not supported");
        }
        if (method != Crypt4ghFormat.DATA_CHACHA20_IETF_POLY1305) {
            throw new MalformedInputException(
                    offset, "the data is encrypted by the unknown method " + Integer.toUnsignedString(method));
        }
        requireRemaining(fields, ChaCha20Poly1305.KEY_BYTES, offset);
        byte[] key = new byte[ChaCha20Poly1305.KEY_BYTES];
        fields.get(key);
        dataKeys.add(ChaCha20Poly1305.Key.of(key));
        Arrays.fill(key, (byte) 0);
    }

    private void addEditList(ByteBuffer fields, long offset) {
        if (editList != null) {
            throw new MalformedInputException(offset, "the header has a second edit list; one is allowed");
        }
        requireRemaining(fields, Crypt4ghFormat.INTEGER_BYTES, offset);
        int count = fields.getInt();
        if (count < 0 || count > fields.remaining() / Crypt4ghFormat.LENGTH_BYTES) {
            throw new MalformedInputException(
                    offset,
                    "an edit list of " + Integer.toUnsignedString(count) + " numbers does not fit into its packet");
        }
        editList = EditList.read(fields, count);
    }

    private static void requireRemaining(ByteBuffer fields, int bytes, long offset) {
        if (fields.remaining() < bytes) {
            throw new MalformedInputException(offset, "a header packet is too short for its type");
        }
    }

    /** The data keys first, as every implementation writes them. */
    private List<byte[]> payloads() {
        List<byte[]> payloads = new ArrayList<>();
        dataKeys.forEach(key -> payloads.add(payload(key)));
        editList().ifPresent(list -> payloads.add(payload(list)));
        return payloads;
    }

    private static byte[] payload(ChaCha20Poly1305.Key key) {
        byte[] raw = key.getEncoded();
        byte[] payload = new byte[2 * Crypt4ghFormat.INTEGER_BYTES + raw.length];
        ByteBuffer.wrap(payload)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Crypt4ghFormat.PACKET_DATA_KEY)
                .putInt(Crypt4ghFormat.DATA_CHACHA20_IETF_POLY1305)
                .put(raw);
        Arrays.fill(raw, (byte) 0);
        return payload;
    }

    private static byte[] payload(EditList list) {
        int count = list.lengths().size();
        byte[] payload = new byte[2 * Crypt4ghFormat.INTEGER_BYTES + count * Crypt4ghFormat.LENGTH_BYTES];
        ByteBuffer fields = ByteBuffer.wrap(payload)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Crypt4ghFormat.PACKET_EDIT_LIST)
                .putInt(count);
        list.lengths().forEach(fields::putLong);
        return payload;
    }

    @Override
    public void destroy() {
        dataKeys.forEach(ChaCha20Poly1305.Key::destroy);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return dataKeys.size() + " data keys, "
                + editList().map(EditList::toString).orElse("no edit list");
    }
}
