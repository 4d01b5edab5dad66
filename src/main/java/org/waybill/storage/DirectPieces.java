package org.waybill.storage;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Buffers for direct access to files, which takes whole blocks at their borders only, in memory too. They are used again: left to
 * the garbage collector, they would stay for long. For ciphertext: they are not zeroed.
 */
final class DirectPieces {

    static final int BLOCK_BYTES = 4096; // of no disk or file system that we know are they larger

    private final int pieceBytes;
    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

    /** @param pieceBytes of each; whole blocks */
    DirectPieces(int pieceBytes) {
        this.pieceBytes = pieceBytes;
    }

    /** An empty one. */
    ByteBuffer take() {
        ByteBuffer piece = spare.poll();
        return piece == null ? newPiece() : piece.clear();
    }

    private ByteBuffer newPiece() {
        ByteBuffer piece = ByteBuffer.allocateDirect(pieceBytes + BLOCK_BYTES).alignedSlice(BLOCK_BYTES);
        return piece.limit(pieceBytes).slice();
    }

    void giveBack(ByteBuffer piece) {
        spare.add(piece);
    }
}
