package org.waybill.stage.acknowledgement.shelf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.remote.sftp.SftpPartner;
import org.waybill.remote.sftp.file.RemoteFile;
import org.waybill.remote.sftp.file.RemoteFile.Kind;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.session.SftpStoppedException;

/** A folder of a server that speaks SFTP. Of its files only what is new is fetched. */
final class SftpShelf implements LogShelf {

    private final SftpPartner partner;
    private final String folder;
    private final PathMatcher names;
    private final Runnable continueOrStop;

    /**
     * @param names a glob
     * @param continueOrStop told when the server was not waited for any longer, because the run is to end
     */
    SftpShelf(SftpPartner partner, String folder, String names, Runnable continueOrStop) {
        this.continueOrStop = continueOrStop;
        this.partner = partner;
        this.folder = folder;
        this.names = FileSystems.getDefault().getPathMatcher("glob:" + names);
    }

    @Override
    public List<Named> files() throws IOException {
        List<Named> files = new ArrayList<>();
        for (RemoteFile file : asking(folder, () -> partner.list(folder))) {
            if (names.matches(Path.of(file.name())) && isFile(file)) {
                files.add(new Named(file.name(), file.modified()));
            }
        }
        files.sort(Named.IN_ORDER);
        return files;
    }

    /** A link is what it leads to. */
    private boolean isFile(RemoteFile file) throws IOException {
        return file.kind() == Kind.FILE
                || (file.kind() == Kind.OTHER
                        && stat(file.name())
                                .filter(there -> there.kind() == Kind.FILE)
                                .isPresent());
    }

    private Optional<RemoteFile> stat(String name) throws IOException {
        return asking(name, () -> partner.stat(path(name)));
    }

    private String path(String name) {
        return folder.equals(".") ? name : folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    private interface Asking<T> {
        T ask() throws IOException;
    }

    /** What the server, or the line to it, says is told with its name, which its innermost cause has not. */
    private <T> T asking(String name, Asking<T> asking) throws IOException {
        try {
            return asking.ask();
        } catch (SftpStoppedException e) {
            continueOrStop.run();
            throw e;
        } catch (SftpRefusedException e) {
            if (e.reason() == SftpRefusedException.Reason.NOT_THERE && !name.equals(folder)) {
                throw new NoSuchFileException(name);
            }
            throw told(e);
        } catch (IOException e) {
            throw told(e);
        }
    }

    private static IOException told(IOException fault) {
        IOException told = new IOException(fault.getMessage());
        told.addSuppressed(fault);
        return told;
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new Remote(name, sizeOf(name));
    }

    private long sizeOf(String name) throws IOException {
        return stat(name).map(RemoteFile::sizeBytes).orElseThrow(() -> new NoSuchFileException(name));
    }

    /** What is read one after the other comes through one stream; the beginning by itself. */
    private final class Remote extends LogFile {

        private final String name;
        private @Nullable InputStream stream;
        private long at;

        Remote(String name, long size) {
            super(size);
            this.name = name;
        }

        @Override
        int readAt(long from, byte[] out, int offset, int length) throws IOException {
            if (from == 0) {
                byte[] first = asking(name, () -> partner.read(path(name), 0, length));
                System.arraycopy(first, 0, out, offset, first.length);
                return first.length == 0 ? -1 : first.length;
            }
            int count = asking(name, () -> streamAt(from).read(out, offset, length));
            at += Math.max(0, count);
            return count;
        }

        private InputStream streamAt(long from) throws IOException {
            InputStream open = stream;
            if (open == null || at != from) {
                close();
                open = partner.read(path(name), from);
                stream = open;
                at = from;
            }
            return open;
        }

        @Override
        public long size() throws IOException {
            return sizeOf(name);
        }

        @Override
        public void close() throws IOException {
            if (stream != null) {
                stream.close();
            }
            stream = null;
        }
    }
}
