package org.waybill.format.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.WrongKeyException;
import org.waybill.format.openpgp.cipher.EncryptedData;
import org.waybill.format.openpgp.cipher.SessionKey;
import org.waybill.format.openpgp.packet.Armour;
import org.waybill.format.openpgp.packet.OpenPgpFormat;
import org.waybill.format.openpgp.packet.Packet;
import org.waybill.format.openpgp.packet.PacketReader;
import org.waybill.format.openpgp.packet.SourceBytes;

/**
 * Decrypts an OpenPGP message while it is read; armoured or not, which its bytes tell. A fault of the bytes is a {@link
 * MalformedInputException}, an {@link IOException} of the source passes unchanged; either ends the stream and is thrown
 * again by every later read.
 *
 * <p><b>Nothing that was read is proven before -1 was answered</b>: only then was the integrity protection good, and nothing
 * stood behind the message. Publish nothing before. For one thread.
 */
public final class OpenPgpInputStream extends InputStream {

    private final InputStream source;
    private final SourceBytes bytes;
    private final OpenPgpLimits limits;
    private final PacketReader packets;
    private final InputStream decrypted;
    private final MessageContent content;
    private final byte[] single = new byte[1];
    private long plainBytes;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException broken;
    private @Nullable MalformedInputException malformed;

    /** As the other constructor; signatures are noticed, and not verified. */
    public OpenPgpInputStream(InputStream source, OpenPgpKeys keys, OpenPgpLimits limits) throws IOException {
        this(source, keys, limits, OpenPgpSigners.NONE);
    }

    /**
     * Reads all headers at once, up to the first byte of the data. The keys stay the caller's, who may close them as soon as
     * this returns; when it throws, the source stays open.
     *
     * @throws WrongKeyException if none of the keys and passwords opens the message
     * @throws TruncatedInputException if the source ends within the headers
     * @throws TooMuchOutputException if the data are wrapped in too many layers
     * @throws MalformedInputException if this is no encrypted OpenPGP message, or has no integrity protection
     */
    public OpenPgpInputStream(InputStream source, OpenPgpKeys keys, OpenPgpLimits limits, OpenPgpSigners signers)
            throws IOException {
        this.source = source;
        this.limits = limits;
        this.bytes = new SourceBytes(source);
        this.packets = new PacketReader(Armour.removedFrom(bytes), bytes);
        this.decrypted = decrypt(keys);
        try {
            this.content = new MessageContent(decrypted, bytes, limits, signers);
        } catch (IOException | MalformedInputException e) {
            decrypted.close();
            throw e;
        }
    }

    private InputStream decrypt(OpenPgpKeys keys) throws IOException {
        SessionKeySearch search = new SessionKeySearch(bytes, keys);
        EncryptedData data = EncryptedData.read(findData(search), bytes);
        List<SessionKey> found = search.open(data);
        try {
            return data.decrypt(found);
        } finally {
            found.forEach(SessionKey::close);
        }
    }

    private Packet findData(SessionKeySearch search) throws IOException {
        while (true) {
            Packet packet =
                    packets.next().orElseThrow(() -> bytes.truncated("the message ends before its encrypted data"));
            switch (packet.tag()) {
                case OpenPgpFormat.PROTECTED, OpenPgpFormat.AEAD_DRAFT, OpenPgpFormat.UNPROTECTED -> {
                    return packet;
                }
                case OpenPgpFormat.PUBLIC_KEY_SESSION_KEY, OpenPgpFormat.PASSWORD_SESSION_KEY -> search.add(packet);
                case OpenPgpFormat.MARKER -> packet.toBytes(3); // "PGP", section 5.8
                default ->
                    throw new MalformedInputException(
                            packet.offset(),
                            "an encrypted message was expected, and " + packet.description() + " was found");
            }
        }
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    /**
     * @throws AuthenticationFailedException if the data are not those that were encrypted; at the end at the latest
     * @throws TruncatedInputException if the source ends too early
     * @throws TooMuchOutputException if the plaintext grows beyond the limits
     * @throws MalformedInputException if the message breaks off its format, or anything follows it
     * @throws IOException of the source, unchanged
     */
    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, out.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        rethrow();
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        try {
            return readContent(out, from, length);
        } catch (IOException e) {
            broken = e;
            throw e;
        } catch (MalformedInputException e) {
            malformed = e;
            throw e;
        }
    }

    private int readContent(byte[] out, int from, int length) throws IOException {
        int count = content.read(out, from, length);
        if (count < 0) {
            Optional<Packet> more = packets.next();
            if (more.isPresent()) {
                throw new MalformedInputException(more.get().offset(), "bytes after the end of the message");
            }
            ended = true;
            return -1;
        }
        plainBytes += count;
        limits.check(plainBytes, bytes.offset());
        return count;
    }

    private void rethrow() throws IOException {
        if (broken != null) {
            throw broken;
        }
        if (malformed != null) {
            throw malformed;
        }
    }

    /**
     * What is known of the signatures.
     *
     * @throws IllegalStateException if the end was not reached yet
     */
    public SignatureOutcome signature() {
        if (!ended) {
            throw new IllegalStateException("signatures are known at the end of the message");
        }
        return content.signature();
    }

    /** Zeroes the plaintext at hand, lets go of the session key, and closes the source. */
    @Override
    public void close() throws IOException {
        closed = true;
        try (source) {
            content.close();
            decrypted.close();
        }
    }
}
