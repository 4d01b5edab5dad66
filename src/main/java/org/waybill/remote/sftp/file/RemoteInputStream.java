package org.waybill.remote.sftp.file;

import java.io.IOException;
import java.io.InputStream;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.waybill.remote.sftp.session.ReadAhead;
import org.waybill.remote.sftp.session.SftpChannel;
import org.waybill.remote.sftp.session.SftpConnection;

/** A file on a server, read from a place to where it ended when it was opened. Holds one of the transfers until closed. */
public final class RemoteInputStream extends InputStream {

    private final SftpConnection connection;
    private final String path;
    private final SftpChannel channel;
    private final CloseableHandle handle;
    private final ReadAhead remote;
    private final long sizeBytes;
    private long missing;
    private boolean failed;
    private boolean closed;

    private RemoteInputStream(
            SftpConnection connection,
            String path,
            SftpChannel channel,
            CloseableHandle handle,
            long offset,
            long size) {
        this.connection = connection;
        this.path = path;
        this.channel = channel;
        this.handle = handle;
        this.sizeBytes = size;
        this.missing = Math.max(0, size - offset);
        this.remote = new ReadAhead(channel, handle, offset, missing);
    }

    public static RemoteInputStream open(SftpConnection connection, String path, long offset) throws IOException {
        SftpChannel channel = connection.take(path);
        boolean opened = false;
        try {
            CloseableHandle handle = channel.open(path, OpenMode.Read);
            long size = channel.stat(handle).getSize();
            RemoteInputStream stream = new RemoteInputStream(connection, path, channel, handle, offset, size);
            opened = true;
            return stream;
        } catch (IOException e) {
            throw connection.told(path, e);
        } finally {
            if (!opened) {
                connection.giveBack(channel, false);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        try {
            int count = remote.read(into, offset, length);
            missing -= Math.max(0, count);
            if (count < 0 && missing > 0) {
                throw new IOException("the file had " + sizeBytes + " bytes and ends " + missing + " before: it was cut"
                        + " while it was read");
            }
            return count;
        } catch (IOException e) {
            failed = true;
            throw connection.told(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        boolean isSound = false;
        try {
            if (!failed) {
                remote.drain();
                handle.close();
                isSound = true;
            }
        } catch (IOException e) {
            throw connection.told(path, e);
        } finally {
            connection.giveBack(channel, isSound);
        }
    }
}
