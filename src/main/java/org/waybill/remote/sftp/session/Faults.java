package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;

/** What a failure means: one for a person, or one of the way there. The server's own words are left out: they name files. */
final class Faults {

    private record Meaning(Reason reason, String words) {}

    private static final Meaning PERMISSION =
            new Meaning(Reason.PERMISSION, "does not permit this: ask its people to give this user the right to it");
    private static final Meaning NOT_THERE =
            new Meaning(Reason.NOT_THERE, "has no such file or folder: make it, or correct the path");
    private static final Meaning NO_SPACE = new Meaning(
            Reason.NO_SPACE, "has no space for it, or this user's quota is used up: ask its people for more");
    private static final Meaning EXISTS = new Meaning(Reason.EXISTS, "already has something of that name");
    private static final Meaning NOT_SUPPORTED =
            new Meaning(Reason.NOT_SUPPORTED, "does not know this operation: ask its people what their server can do");

    private static final Map<Integer, Meaning> MEANINGS = Map.ofEntries(
            Map.entry(SftpConstants.SSH_FX_NO_SUCH_FILE, NOT_THERE),
            Map.entry(SftpConstants.SSH_FX_NO_SUCH_PATH, NOT_THERE),
            Map.entry(SftpConstants.SSH_FX_PERMISSION_DENIED, PERMISSION),
            Map.entry(SftpConstants.SSH_FX_WRITE_PROTECT, PERMISSION),
            Map.entry(SftpConstants.SSH_FX_CANNOT_DELETE, PERMISSION),
            Map.entry(SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, NO_SPACE),
            Map.entry(SftpConstants.SSH_FX_QUOTA_EXCEEDED, NO_SPACE),
            Map.entry(SftpConstants.SSH_FX_FILE_ALREADY_EXISTS, EXISTS),
            Map.entry(SftpConstants.SSH_FX_OP_UNSUPPORTED, NOT_SUPPORTED));

    private Faults() {}

    /** The same failure, told so that the caller knows what to do about it. */
    static IOException told(SftpAddress address, @Nullable String path, IOException fault) {
        if (fault instanceof SftpException answer) {
            return answered(address, path, answer);
        }
        if (isInterruption(fault)) {
            Thread.currentThread().interrupt();
            return new SftpStoppedException();
        }
        boolean isTold = fault instanceof SftpRefusedException
                || fault instanceof SftpBrokenException
                || fault instanceof SftpStoppedException
                || fault instanceof LocalFault;
        return isTold ? fault : new SftpBrokenException(address + ": " + words(fault), path, fault);
    }

    private static boolean isInterruption(Throwable fault) {
        return fault instanceof InterruptedIOException && !(fault instanceof SocketTimeoutException);
    }

    private static IOException answered(SftpAddress address, @Nullable String path, SftpException answer) {
        Meaning meaning = MEANINGS.get(answer.getStatus());
        if (meaning != null) {
            return new SftpRefusedException(meaning.reason(), address + " " + meaning.words(), path, answer);
        }
        return new SftpBrokenException(
                address + " answers " + SftpConstants.getStatusName(answer.getStatus()) + ", without saying why",
                path,
                answer);
    }

    /** The words of sockets and of the SSH library, which know no remote file. */
    private static String words(IOException fault) {
        String kind = fault.getClass() == IOException.class
                ? "I/O error"
                : fault.getClass().getSimpleName();
        String message = fault.getMessage();
        return message == null ? kind : kind + " (" + message + ")";
    }
}
