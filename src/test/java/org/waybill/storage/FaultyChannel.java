package org.waybill.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on a disk that writes less than it is asked to, and fails at one step: a write, a force or the close. */
final class FaultyChannel extends FileChannel {

    static final int NEVER = 0;

    private final FileChannel disk;
    private final int failingStep;
    private final int failingForce;
    private int steps;
    private int forces;

    private FaultyChannel(FileChannel disk, int failingStep, int failingForce) {
        this.disk = disk;
        this.failingStep = failingStep;
        this.failingForce = failingForce;
    }

    /** @param failingStep the first step is 1 */
    static FaultyChannel on(Path file, int failingStep) throws IOException {
        return new FaultyChannel(
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), failingStep, NEVER);
    }

    /** As kernels do: the fault of a write is told to one force, and the next ones succeed. */
    static FaultyChannel whoseForceFails(Path file, int failingForce) throws IOException {
        return new FaultyChannel(
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), NEVER, failingForce);
    }

    synchronized int steps() {
        return steps;
    }

    synchronized int forces() {
        return forces;
    }

    /** Writes half of the bytes, at a failing step too: that is how a full disk looks. */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int limit = bytes.limit();
        bytes.limit(bytes.position() + (bytes.remaining() + 1) / 2);
        int written = disk.write(bytes);
        bytes.limit(limit);
        step("No space left on device");
        return written;
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
        forces++;
        disk.force(metaData);
        if (forces == failingForce) {
            throw new IOException("Input/output error");
        }
        step("Input/output error");
    }

    @Override
    protected void implCloseChannel() throws IOException {
        disk.close();
        step("Disk quota exceeded");
    }

    private synchronized void step(String fault) throws IOException {
        steps++;
        if (steps == failingStep) {
            throw new IOException(fault);
        }
    }

    @Override
    public long size() throws IOException {
        return disk.size();
    }

    @Override
    public long position() throws IOException {
        return disk.position();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int limit = source.limit();
        source.limit(source.position() + (source.remaining() + 1) / 2);
        int written = disk.write(source, position);
        source.limit(limit);
        step("No space left on device");
        return written;
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
