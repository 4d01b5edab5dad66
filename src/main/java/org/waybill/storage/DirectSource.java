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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads a large file past the kernel's page cache, from its first byte on: what was written past it, and is not read again soon,
 * would cost more of a processor on its way through the cache than a digest. Buffered; for one thread. For ciphertext: its buffers
 * are not zeroed.
 */
public final class DirectSource extends InputStream {

    private static final int PIECE_BYTES = 1 << 20;
    private static final int BLOCK_BYTES = 4096; // of no disk or file system that we know are they larger

    /** Pieces of files that are read: left to the garbage collector, they would stay for long. */
    private static final Queue<ByteBuffer> SPARE = new ConcurrentLinkedQueue<>();

    private final FileChannel channel;
    private final ByteBuffer piece;
    private final byte[] single = new byte[1];
    private long position; // in the file, of what the piece has next

    private DirectSource(FileChannel channel) {
        this.channel = channel;
        ByteBuffer spare = SPARE.poll();
        this.piece = (spare == null ? newPiece() : spare.clear()).limit(0);
    }

    private static ByteBuffer newPiece() {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES + BLOCK_BYTES).alignedSlice(BLOCK_BYTES);
        return piece.limit(PIECE_BYTES).slice();
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
            } catch (UnsupportedOperationException e) {
                return throughCache(file, PIECE_BYTES);
            }
        }
        return throughCache(file, (int) sizeBytes + 1);
    }

    private static InputStream throughCache(Path file, int bufferBytes) throws IOException {
        return new BufferedInputStream(
                Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), Math.min(bufferBytes, 256 * 1024));
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
        int within = (int) (position % BLOCK_BYTES); // not 0 only behind the end, or where a read was cut short
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
            SPARE.add(piece);
        }
    }
}
