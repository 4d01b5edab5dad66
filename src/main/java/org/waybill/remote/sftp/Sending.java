package org.waybill.remote.sftp;

import static org.waybill.remote.sftp.Delivered.Outcome.ALREADY_THERE;
import static org.waybill.remote.sftp.Delivered.Outcome.RESUMED;
import static org.waybill.remote.sftp.Delivered.Outcome.SENT;

import java.io.IOException;
import java.util.Optional;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatExtensionInfo;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.waybill.remote.sftp.file.Proof;
import org.waybill.remote.sftp.file.Remote;
import org.waybill.remote.sftp.file.RemoteHash;
import org.waybill.remote.sftp.file.RemotePath;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;
import org.waybill.remote.sftp.session.SftpBrokenException;
import org.waybill.remote.sftp.session.SftpChannel;
import org.waybill.remote.sftp.session.WriteAhead;

/** Sends one file, step by step as the package says. */
final class Sending {

    private final SftpAddress address;
    private final SftpChannel channel;
    private final Upload upload;
    private final String part;
    private final long sizeBytes;
    private final boolean readsBack;

    Sending(SftpAddress address, SftpChannel channel, Upload upload) {
        this.address = address;
        this.channel = channel;
        this.upload = upload;
        this.part = upload.partPath();
        this.sizeBytes = upload.content().sizeBytes();
        this.readsBack = !RemoteHash.isOffered(channel);
    }

    Delivered send() throws IOException {
        channel.bePatientFor(sizeBytes);
        Optional<Delivered> there = alreadyThere();
        if (there.isPresent()) {
            return there.get();
        }
        try (ContentReader content = new ContentReader(upload.content())) {
            long kept;
            boolean isSame;
            boolean isForced;
            String sha256;
            try (CloseableHandle handle = openPart(content)) {
                kept = content.accepted();
                isSame = write(handle, content);
                sha256 = content.finish();
                describe(handle);
                isForced = force(handle);
            }
            requireSize(part);
            Proof proof = Proof.READ_BACK;
            if (!readsBack) {
                RemoteHash remote = RemoteHash.of(channel, part, sizeBytes);
                isSame = remote.sha256().equals(sha256);
                proof = remote.proof();
            }
            if (!isSame) {
                throw broken("what " + address + " has of it differs from what was sent, though the size is right: its"
                        + " disk or software is at fault if this happens again");
            }
            upload.beforeNaming().run();
            return giveName()
                    .orElse(new Delivered(
                            kept > 0 ? RESUMED : SENT, sizeBytes, sha256, proof, isForced, sizeBytes - kept));
        }
    }

    /** A crash after the name was given and before that was noted leaves all of it there. */
    private Optional<Delivered> alreadyThere() throws IOException {
        Attributes target = Remote.lstat(channel, upload.path());
        if (target == null) {
            return Optional.empty();
        }
        if (!target.isRegularFile()) {
            throw refused(Reason.EXISTS, "a folder or link has the name that the file should get: have it removed");
        }
        if (target.getSize() == sizeBytes) {
            try (ContentReader content = new ContentReader(upload.content())) {
                Optional<RemoteHash> same = sameAs(content);
                if (same.isPresent()) {
                    Remote.removeIfThere(channel, part);
                    return Optional.of(new Delivered(
                            ALREADY_THERE,
                            sizeBytes,
                            same.get().sha256(),
                            same.get().proof(),
                            false,
                            0));
                }
            }
        }
        if (!upload.replaces()) {
            throw refused(
                    Reason.EXISTS,
                    "another file has the name, with other content (" + target.getSize() + " bytes, ours has "
                            + sizeBytes + "): have it removed, or deliver under another name, or let it be replaced");
        }
        if (Remote.extension(channel, OpenSSHPosixRenameExtension.class) == null) {
            throw refused(
                    Reason.NOT_SUPPORTED,
                    "cannot replace a file in one step (no posix-rename@openssh.com), and for a moment without any it is"
                            + " not done: have the old file removed, or deliver under another name");
        }
        return Optional.empty();
    }

    private Optional<RemoteHash> sameAs(ContentReader content) throws IOException {
        RemoteHash remote = RemoteHash.of(channel, upload.path(), sizeBytes);
        byte[] buffer = new byte[1 << 16];
        for (int n = content.read(buffer); n > 0; n = content.read(buffer)) {
            content.accept(buffer, n);
        }
        return content.finish().equals(remote.sha256()) ? Optional.of(remote) : Optional.empty();
    }

    /** The file under its temporary name, and accepts of the content what it has of it. */
    private CloseableHandle openPart(ContentReader content) throws IOException {
        try {
            CloseableHandle created =
                    channel.open(part, OpenMode.Read, OpenMode.Write, OpenMode.Create, OpenMode.Exclusive);
            if (upload.mode().isPresent()) {
                channel.setStat(created, new Attributes().perms(Upload.NOBODY_ELSE));
            }
            return created;
        } catch (SftpException e) {
            Attributes remnant = Remote.lstat(channel, part);
            if (remnant == null) {
                throw e;
            }
            if (!remnant.isRegularFile()) {
                throw refused(Reason.EXISTS, "a folder or link has the name of our temporary file: have it removed");
            }
            Remnant.accept(channel, part, remnant.getSize(), content);
            CloseableHandle opened = channel.open(part, OpenMode.Read, OpenMode.Write);
            if (remnant.getSize() > content.accepted()) {
                channel.setStat(opened, new Attributes().size(content.accepted()));
            }
            return opened;
        }
    }

    /** @return false if it was read back, and was something else */
    private boolean write(CloseableHandle handle, ContentReader content) throws IOException {
        WriteAhead remote = new WriteAhead(channel, handle, content.accepted(), readsBack);
        byte[] buffer = new byte[channel.pieceBytes()];
        try {
            for (int n = content.read(buffer); n > 0; n = content.read(buffer)) {
                remote.write(buffer, n);
                content.accept(buffer, n);
            }
            return remote.finish();
        } catch (SftpException e) {
            throw e.getStatus() == SftpConstants.SSH_FX_FAILURE ? noSpace(e) : e;
        }
    }

    /** Version 3 has no word for it: a server that takes no more says failure. */
    private SftpRefusedException noSpace(SftpException cause) throws IOException {
        String free = "";
        OpenSSHStatPathExtension statvfs = Remote.extension(channel, OpenSSHStatPathExtension.class);
        if (statvfs != null) {
            String folder = RemotePath.folder(upload.path());
            OpenSSHStatExtensionInfo info = statvfs.stat(folder.isEmpty() ? "." : folder);
            free = " (it says that " + info.f_bavail * info.f_frsize + " are free)";
        }
        return new SftpRefusedException(
                Reason.NO_SPACE,
                address + " does not take all of the " + sizeBytes + " bytes" + free + ": no space, a quota, or a limit"
                        + " of the size of files; ask its people for more",
                upload.path(),
                cause);
    }

    private void describe(CloseableHandle handle) throws IOException {
        if (upload.describes()) {
            channel.setStat(handle, upload.description());
        }
    }

    private boolean force(CloseableHandle handle) throws IOException {
        OpenSSHFsyncExtension fsync = Remote.extension(channel, OpenSSHFsyncExtension.class);
        if (fsync == null) {
            return false;
        }
        fsync.fsync(handle);
        return true;
    }

    private void requireSize(String path) throws IOException {
        Attributes said = Remote.lstat(channel, path);
        if (said == null || said.getSize() != sizeBytes) {
            throw broken(address + " has "
                    + (said == null ? "no file any more" : said.getSize() + " bytes") + " where " + sizeBytes
                    + " were sent");
        }
    }

    /** What is there already, if somebody was faster with the same; nothing if all is well. */
    private Optional<Delivered> giveName() throws IOException {
        try {
            OpenSSHPosixRenameExtension posixRename =
                    upload.replaces() ? Remote.extension(channel, OpenSSHPosixRenameExtension.class) : null;
            if (posixRename != null) {
                posixRename.posixRename(part, upload.path());
            } else {
                channel.rename(part, upload.path()); // of version 3: refuses if the name is taken
            }
        } catch (SftpException e) {
            Optional<Delivered> there = alreadyThere();
            if (there.isEmpty()) {
                throw e;
            }
            return there;
        }
        requireSize(upload.path());
        return Optional.empty();
    }

    private SftpRefusedException refused(Reason reason, String words) {
        return new SftpRefusedException(reason, address + ": " + words, upload.path(), null);
    }

    private SftpBrokenException broken(String words) {
        return new SftpBrokenException(words, upload.path(), null);
    }
}
