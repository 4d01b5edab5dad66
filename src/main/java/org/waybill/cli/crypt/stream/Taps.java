package org.waybill.cli.crypt.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.Executor;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.lane.Blocks;
import org.waybill.format.checksum.lane.Lanes;
import org.waybill.format.checksum.lane.Tap;

/**
 * Taps for what a command reads and writes: what flows past them is hashed and written beside the thread that reads and
 * decrypts. To be closed after them, which ends their threads and zeroes what is left in memory.
 */
public final class Taps implements AutoCloseable {

    private final Lanes lanes = new Lanes();
    private final Blocks blocks = new Blocks();

    /** A tap that hashes. */
    public Tap on(Source source, Set<ChecksumAlgorithm> algorithms) throws IOException {
        return Tap.on(blocks, threads(source), algorithms);
    }

    /** A tap that hashes what it hands on to {@code sink}. */
    public Tap before(OutputStream sink, Source source, Set<ChecksumAlgorithm> algorithms) throws IOException {
        return Tap.before(sink, blocks, threads(source), algorithms);
    }

    private Executor threads(Source source) throws IOException {
        return lanes.of(source.mostBytes());
    }

    @Override
    public void close() {
        blocks.erase();
        try {
            lanes.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nothing is left for them to do
        }
    }
}
