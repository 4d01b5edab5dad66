package org.waybill.remote.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.waybill.remote.sftp.Delivered.Outcome;
import org.waybill.remote.sftp.file.Proof;
import org.waybill.remote.sftp.file.Volley;

/**
 * One of several files that are sent together. It asks step by step, and expects the answer of a server where nothing is in the
 * way; after any other it stays where it is, for {@link Sending} to go on with.
 */
final class SmallUpload {

    /** Larger ones gain little from company. */
    static final int MOST_BYTES = 128 * 1024;

    private static final int PIECE_BYTES = 32_000;

    private interface Expectation {
        boolean isMet() throws IOException;
    }

    private final Upload upload;
    private final byte[] content;
    private final String sha256;
    private final List<Expectation> expected = new ArrayList<>();
    private byte[] handle = {};
    private boolean isForced;

    private SmallUpload(Upload upload, byte[] content, String sha256) {
        this.upload = upload;
        this.content = content;
        this.sha256 = sha256;
    }

    /** Whether it may be sent together with others. An empty one has nothing to be read back. */
    static boolean isOne(Upload upload) {
        long sizeBytes = upload.content().sizeBytes();
        return sizeBytes > 0 && sizeBytes <= MOST_BYTES && !upload.replaces();
    }

    /**
     * Reads what is to be sent.
     *
     * @throws ContentFaultException if it is not what it was said to be
     */
    static SmallUpload of(Upload upload) throws ContentFaultException {
        byte[] content = new byte[(int) upload.content().sizeBytes()];
        try (ContentReader reader = new ContentReader(upload.content())) {
            reader.accept(content, reader.read(content));
            return new SmallUpload(upload, content, reader.finish());
        }
    }

    Upload upload() {
        return upload;
    }

    /** Nothing has its name. */
    void look(Volley volley) throws IOException {
        int request = volley.look(upload.path());
        expected.add(() -> volley.isNotThere(request));
    }

    /** Nothing has the temporary name either. */
    void create(Volley volley) throws IOException {
        int request = volley.create(upload.partPath());
        expected.add(() -> {
            handle = volley.created(request);
            return handle.length > 0;
        });
    }

    /** It is written, described, forced if the server can, and closed; read back, it is the same and ends there. */
    void fill(Volley volley, boolean force) throws IOException {
        if (upload.mode().isPresent()) {
            expectDone(volley, volley.set(handle, new Attributes().perms(Upload.NOBODY_ELSE)));
        }
        for (int at = 0; at < content.length; at += PIECE_BYTES) {
            expectDone(volley, volley.write(handle, content, at, pieceBytes(at)));
        }
        if (upload.describes()) {
            expectDone(volley, volley.set(handle, upload.description()));
        }
        if (force) {
            expectDone(volley, volley.force(handle));
        }
        for (int at = 0; at < content.length; at += PIECE_BYTES) {
            readBack(volley, at);
        }
        expectDone(volley, volley.close(handle));
        isForced = force;
    }

    private void readBack(Volley volley, int at) throws IOException {
        int end = at + pieceBytes(at);
        int behind = end == content.length ? 1 : 0; // there is none
        int request = volley.read(handle, at, end - at + behind);
        expected.add(() -> {
            byte[] read = volley.bytes(request);
            return Arrays.equals(read, 0, read.length, content, at, end);
        });
    }

    private int pieceBytes(int at) {
        return Math.min(PIECE_BYTES, content.length - at);
    }

    /** Then it is there, in its size. */
    void name(Volley volley) throws IOException {
        expectDone(volley, volley.rename(upload.partPath(), upload.path()));
        int request = volley.look(upload.path());
        expected.add(() -> volley.isFile(request, content.length));
    }

    private void expectDone(Volley volley, int request) {
        expected.add(() -> volley.isDone(request));
    }

    /** Hears all answers; whether each is the one that was expected. */
    boolean isAsExpected() throws IOException {
        boolean is = true;
        for (Expectation each : expected) {
            is &= each.isMet();
        }
        expected.clear();
        return is;
    }

    Delivered delivered() {
        return new Delivered(Outcome.SENT, content.length, sha256, Proof.READ_BACK, isForced, content.length);
    }

    void forget() {
        Arrays.fill(content, (byte) 0);
    }
}
