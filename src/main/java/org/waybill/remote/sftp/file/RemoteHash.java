package org.waybill.remote.sftp.file;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.Handle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.CheckFileHandleExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.waybill.remote.sftp.session.ReadAhead;
import org.waybill.remote.sftp.session.SftpChannel;

/**
 * What a file on a server has in it.
 *
 * @param sha256 in hex
 */
public record RemoteHash(Proof proof, String sha256) {

    private static final String EXTENSION = "check-file-handle"; // draft-ietf-secsh-filexfer-extensions-00, section 3
    private static final String SHA_256 = "sha256";
    private static final int SHA_256_BYTES = 32;
    private static final int ALL_IN_ONE_BLOCK = 0;

    /** By the server if it can, else by reading so many bytes. */
    public static RemoteHash of(SftpChannel channel, String path, long sizeBytes) throws IOException {
        try (CloseableHandle handle = channel.open(path, OpenMode.Read)) {
            Optional<String> ofServer = ofServer(channel, handle, sizeBytes);
            return ofServer.isPresent()
                    ? new RemoteHash(Proof.SERVER_SHA256, ofServer.get())
                    : new RemoteHash(Proof.READ_BACK, readBack(channel, handle, sizeBytes));
        }
    }

    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    public static boolean isOffered(SftpChannel channel) {
        CheckFileHandleExtension extension = channel.getExtension(CheckFileHandleExtension.class);
        return extension != null && extension.isSupported();
    }

    /** The library's own client takes the hash to have a length before it, which other servers than its own do not send. */
    private static Optional<String> ofServer(SftpChannel channel, Handle handle, long sizeBytes) throws IOException {
        if (!isOffered(channel) || sizeBytes == 0) { // a length of 0 would mean all
            return Optional.empty();
        }
        channel.bePatientFor(sizeBytes);
        Buffer request = new ByteArrayBuffer();
        request.putString(EXTENSION);
        request.putBytes(handle.getIdentifier());
        request.putString(SHA_256);
        request.putLong(0);
        request.putLong(sizeBytes);
        request.putUInt(ALL_IN_ONE_BLOCK);
        Buffer answer = channel.receive(channel.send(SftpConstants.SSH_FXP_EXTENDED, request));
        answer.getInt(); // length
        int type = answer.getUByte();
        answer.getInt(); // request
        if (type != SftpConstants.SSH_FXP_EXTENDED_REPLY) {
            return Optional.empty();
        }
        answer.getString(); // the name of the extension
        String algorithm = answer.getString();
        byte[] hash = new byte[SHA_256_BYTES];
        if (!algorithm.equals(SHA_256) || answer.available() < hash.length) {
            return Optional.empty();
        }
        answer.rpos(answer.wpos() - hash.length);
        answer.getRawBytes(hash);
        return Optional.of(HexFormat.of().formatHex(hash));
    }

    private static String readBack(SftpChannel channel, Handle handle, long sizeBytes) throws IOException {
        MessageDigest digest = RemoteHash.newDigest();
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        ReadAhead remote = new ReadAhead(channel, handle, 0, sizeBytes);
        for (int n = remote.read(buffer); n >= 0; n = remote.read(buffer)) {
            digest.update(buffer, 0, n);
            count += n;
        }
        if (count != sizeBytes) {
            throw new IOException("the server says that it has " + sizeBytes + " bytes, and gives " + count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
