package org.waybill.storage;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Reads a large file past the kernel's page cache, from its first byte on: what was written past it, and is not read again soon,
 * would cost more of a processor on its way through the cache than a digest. Buffered; for one thread. For
 * ciphertext, as {@link DirectPieces}.
 */
public final class DirectSource extends InputStream {

    private static final int PIECE_BYTES = 1 << 20;
    private static final int CACHED_BUFFER_BYTES = 256 * 1024;
    private static final DirectPieces SPARE = new DirectPieces(PIECE_BYTES);

    private final FileChannel channel;
    private final ByteBuffer piece = SPARE.take().limit(0);
    private final byte[] single = new byte[1];
    private long position; // in the file, of what the piece has next

    private DirectSource(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * A small file, or one on a file system without direct access, is read through the cache.
     *
     * @return buffered
     * @throws IOException if there is no such file, or a link in its place
     */
    public static InputStream open(Path file) throws IOException {
        long sizeBytes = Files.size(file);
        if (sizeBytes >= PIECE_BYTES) {
            try {
                return new DirectSource(FileChannel.open(
                        file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT));
            } catch (IOException | UnsupportedOperationException e) {
                return throughCache(file, sizeBytes); // what else is wrong with it comes to light there
            }
        }
        return throughCache(file, sizeBytes);
    }

    private static InputStream throughCache(Path file, long sizeBytes) throws IOException {
        InputStream source = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        return new BufferedInputStream(source, (int) Math.min(sizeBytes + 1, CACHED_BUFFER_BYTES));
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, out.length);
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (length == 0) {
            return 0;
        }
        if (!piece.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, piece.remaining());
        piece.get(out, from, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        int within =
                (int) (position % DirectPieces.BLOCK_BYTES); // not 0 only behind the end, or where a read was cut short
        piece.clear();
        int count = channel.read(piece, position - within);
        piece.flip();
        piece.position(Math.min(within, piece.limit()));
        return count > within;
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            SPARE.giveBack(piece);
        }
    }
}
