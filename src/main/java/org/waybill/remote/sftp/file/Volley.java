package org.waybill.remote.sftp.file;

import java.io.IOException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.common.SftpConstants;
import org.waybill.remote.sftp.session.SftpChannel;

/**
 * Requests that are sent one behind the other, in as few packets as they fit in, before the first answer is waited for. A server
 * handles those that relate to the same file in the order in which they were sent (draft-ietf-secsh-filexfer-02, section 6.1).
 *
 * <p>What asks gives a number; the answer to each is to be heard once, after {@link #send()}, for the channel to stay sound.
 */
public final class Volley {

    private static final int MOST_BYTES_UNSENT = 32_000; // with a header one packet of SSH
    private static final String FSYNC = "fsync@openssh.com"; // PROTOCOL of OpenSSH, section 4.5

    private final SftpChannel channel;
    private Buffer requests = new ByteArrayBuffer();

    public Volley(SftpChannel channel) {
        this.channel = channel;
    }

    /** What is there; of a link itself. */
    public int look(String path) throws IOException {
        return ask(SftpConstants.SSH_FXP_LSTAT, path(path));
    }

    /** A new file, to be written and read; refused if the name is taken. */
    public int create(String path) throws IOException {
        Buffer body = path(path);
        body.putInt(SftpConstants.SSH_FXF_READ
                | SftpConstants.SSH_FXF_WRITE
                | SftpConstants.SSH_FXF_CREAT
                | SftpConstants.SSH_FXF_EXCL);
        return ask(SftpConstants.SSH_FXP_OPEN, channel.put(body, new Attributes()));
    }

    public int set(byte[] handle, Attributes attributes) throws IOException {
        return ask(SftpConstants.SSH_FXP_FSETSTAT, channel.put(handle(handle), attributes));
    }

    public int write(byte[] handle, byte[] bytes, int from, int length) throws IOException {
        channel.pass(length);
        Buffer body = handle(handle);
        body.putLong(from);
        body.putBytes(bytes, from, length);
        return ask(SftpConstants.SSH_FXP_WRITE, body);
    }

    /** Forces to disk; only where the server offers it. */
    public int force(byte[] handle) throws IOException {
        Buffer body = new ByteArrayBuffer();
        body.putString(FSYNC);
        body.putBytes(handle);
        return ask(SftpConstants.SSH_FXP_EXTENDED, body);
    }

    public int read(byte[] handle, long offset, int length) throws IOException {
        channel.pass(length);
        Buffer body = handle(handle);
        body.putLong(offset);
        body.putUInt(length);
        return ask(SftpConstants.SSH_FXP_READ, body);
    }

    public int close(byte[] handle) throws IOException {
        return ask(SftpConstants.SSH_FXP_CLOSE, handle(handle));
    }

    /** Of version 3: refused if the name is taken. */
    public int rename(String from, String to) throws IOException {
        Buffer body = path(from);
        body.putString(to, channel.getNameDecodingCharset());
        return ask(SftpConstants.SSH_FXP_RENAME, body);
    }

    /** Sends what is not on its way yet. */
    public void send() throws IOException {
        if (requests.available() > 0) {
            channel.transmit(requests);
            requests = new ByteArrayBuffer();
        }
    }

    /** Whether it was done. */
    public boolean isDone(int request) throws IOException {
        return status(answer(request)) == SftpConstants.SSH_FX_OK;
    }

    /** Whether nothing has the name that was looked at. */
    public boolean isNotThere(int request) throws IOException {
        int status = status(answer(request));
        return status == SftpConstants.SSH_FX_NO_SUCH_FILE || status == SftpConstants.SSH_FX_NO_SUCH_PATH;
    }

    /** Whether what was looked at is a file of that size. */
    public boolean isFile(int request, long sizeBytes) throws IOException {
        Buffer answer = answer(request);
        if (answer.getUByte() != SftpConstants.SSH_FXP_ATTRS) {
            return false;
        }
        answer.getInt(); // request
        Attributes said = channel.attributes(answer);
        return said.isRegularFile() && said.getSize() == sizeBytes;
    }

    /** The handle of what was created; empty if it was not. */
    public byte[] created(int request) throws IOException {
        return bytes(answer(request), SftpConstants.SSH_FXP_HANDLE);
    }

    /** What was read; empty if nothing. */
    public byte[] bytes(int request) throws IOException {
        return bytes(answer(request), SftpConstants.SSH_FXP_DATA);
    }

    private static byte[] bytes(Buffer answer, int type) {
        if (answer.getUByte() != type) {
            return new byte[0];
        }
        answer.getInt(); // request
        return answer.getBytes();
    }

    private int ask(int command, Buffer body) throws IOException {
        int request = channel.number(requests, command, body);
        if (requests.available() >= MOST_BYTES_UNSENT) {
            send();
        }
        return request;
    }

    private Buffer path(String path) {
        Buffer body = new ByteArrayBuffer();
        body.putString(path, channel.getNameDecodingCharset());
        return body;
    }

    private static Buffer handle(byte[] handle) {
        Buffer body = new ByteArrayBuffer();
        body.putBytes(handle);
        return body;
    }

    /** Behind its length. */
    private Buffer answer(int request) throws IOException {
        Buffer answer = channel.receive(request);
        answer.getInt();
        return answer;
    }

    private static int status(Buffer answer) {
        int type = answer.getUByte();
        answer.getInt(); // request
        return type == SftpConstants.SSH_FXP_STATUS ? answer.getInt() : SftpConstants.SSH_FX_BAD_MESSAGE;
    }
}
