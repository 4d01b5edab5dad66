package org.waybill.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Waybill's own folders, hidden inside the incoming and the archive folder so that every move is a rename within one file
 * system. Nobody else may enter them (mode 0700). Files in them are named by their ledger id.
 */
public record WorkingFolders(Path incoming, Path archive) {

    private static final Set<PosixFilePermission> ONLY_US = PosixFilePermissions.fromString("rwx------");

    /** The name of the hidden folders. */
    public static final String HIDDEN = ".waybill";

    /** Files that have arrived, as they arrived. */
    public Path received() {
        return incoming.resolve(HIDDEN).resolve("received");
    }

    /** Files whose own fault stopped them, as they arrived. */
    public Path quarantine() {
        return incoming.resolve(HIDDEN).resolve("quarantine");
    }

    /** Files that were verified and re-encrypted, before they get their final names. */
    public Path processed() {
        return archive.resolve(HIDDEN).resolve("processed");
    }

    /** Where what is on its way into the archive is written, before it gets its name. */
    public Path publishing() {
        return archive.resolve(HIDDEN).resolve("publishing");
    }

    public Path received(long id) {
        return received().resolve(Long.toString(id));
    }

    public Path quarantine(long id) {
        return quarantine().resolve(Long.toString(id));
    }

    public Path processed(long id) {
        return processed().resolve(Long.toString(id));
    }

    /**
     * Makes the folders that are missing, and shuts those that stand open.
     *
     * @throws IOException also if a hidden folder is a link or belongs to somebody else, who would reach what lies in it
     */
    public void create() throws IOException {
        Directories.createDurably(incoming);
        Directories.createDurably(archive);
        for (Path folder : List.of(
                incoming.resolve(HIDDEN),
                archive.resolve(HIDDEN),
                received(),
                quarantine(),
                processed(),
                publishing())) {
            Directories.createDurably(folder, PosixFilePermissions.asFileAttribute(ONLY_US));
            shut(folder);
        }
    }

    private static void shut(Path folder) throws IOException {
        if (FileFacts.of(folder).kind() != FileFacts.Kind.FOLDER) {
            throw new NotDirectoryException(folder + " is a link; remove it: files would leave their file system");
        }
        if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(ONLY_US)) {
            Files.setPosixFilePermissions(folder, ONLY_US);
        }
    }

    /** The ids of the files in one of the folders; other names are left out. */
    public static long[] ids(Path folder) throws IOException {
        List<Long> ids = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.matches("[1-9][0-9]{0,17}")) {
                    ids.add(Long.valueOf(name));
                }
            }
        } catch (NoSuchFileException e) {
            return new long[0];
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Moves a file into one of these folders, or between them, never replacing anything: the owner of the stage is the only
     * one who makes names there. A rename and not a link, because a link to another user's file may be refused
     * (fs.protected_hardlinks), and removing the old name could hit what its uploader has just put there. The folders are
     * not forced.
     *
     * @throws FileAlreadyExistsException if the new name is taken
     * @throws IOException also if the names lie on different file systems; nothing was copied
     */
    public static void move(Path from, Path to) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Gives a file back to a folder in which others make names at any moment: by a link, which refuses a name that is
     * taken. If this dies half-way, the file has both names. Where the system refuses links to files of other users, it is
     * moved as by {@link #move}, and a name made in that very moment would be replaced. The folders are not forced.
     *
     * @throws FileAlreadyExistsException if the name is taken; the file stays where it is
     */
    public static void giveBack(Path from, Path to) throws IOException {
        Directories.createDurably(Directories.of(to));
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            move(from, to);
            return;
        }
        Files.delete(from);
    }
}
