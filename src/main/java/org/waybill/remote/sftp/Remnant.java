package org.waybill.remote.sftp;

import java.io.IOException;
import java.util.Arrays;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.waybill.remote.sftp.session.ReadAhead;
import org.waybill.remote.sftp.session.SftpChannel;

/** Finds how far a file on a server is the same as what is to be sent, by reading it. */
final class Remnant {

    private Remnant() {}

    /**
     * Accepts from the content what the server has of it already.
     *
     * @param sizeBytes of the file on the server
     */
    static void accept(SftpChannel channel, String path, long sizeBytes, ContentReader content) throws IOException {
        try (CloseableHandle handle = channel.open(path, OpenMode.Read)) {
            ReadAhead remote = new ReadAhead(channel, handle, 0, sizeBytes);
            byte[] ours = new byte[1 << 16];
            byte[] theirs = new byte[ours.length];
            boolean isSame = true;
            for (int n = content.read(ours); isSame && n > 0; n = isSame ? content.read(ours) : 0) {
                int m = remote.readNBytes(theirs, 0, n);
                int different = Arrays.mismatch(ours, 0, n, theirs, 0, m);
                isSame = different < 0;
                content.accept(ours, isSame ? n : different);
            }
            remote.drain(); // the channel is used for something else now
        }
    }
}
