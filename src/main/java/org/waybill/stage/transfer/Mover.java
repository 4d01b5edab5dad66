package org.waybill.stage.transfer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waybill.ledger.arrival.Arrivals.Claim;
import org.waybill.route.TransferRoute.ArrivalRule;
import org.waybill.stage.transfer.Taking.NotAsClaimed;
import org.waybill.stage.transfer.Taking.Taken;
import org.waybill.storage.FileFacts;
import org.waybill.storage.WorkingFolders;

/** Moves claimed files out of their uploaders' reach, by a rename: nothing is copied. */
final class Mover {

    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);

    private final WorkingFolders folders;

    Mover(WorkingFolders folders) {
        this.folders = folders;
    }

    /** Moves a file, unless it is no longer what was claimed. Doing this twice, or after half of it, does no harm. */
    Taking take(Claim claim) throws IOException {
        Path from = folders.incoming().resolve(claim.path());
        Path to = folders.received(claim.fileId());
        if (isAsClaimed(to, claim)) {
            removeOtherName(from, claim);
        } else if (isUntouched(from, claim)) {
            setAsideWhatLiesAt(to);
            WorkingFolders.move(from, to);
        }
        if (!isAsClaimed(to, claim)) {
            giveBack(to, from, claim);
            return new NotAsClaimed(claim);
        }
        removeDoneFile(claim, from);
        return new Taken(claim);
    }

    /** A run that died while it gave the file back left it under both names. */
    private static void removeOtherName(Path from, Claim claim) throws IOException {
        if (isAsClaimed(from, claim)) {
            Files.delete(from);
        }
    }

    /** What was received before, and given up by a person who set the file back to EXPECTED, is kept under another name. */
    private void setAsideWhatLiesAt(Path received) throws IOException {
        if (Files.exists(received, LinkOption.NOFOLLOW_LINKS)) {
            long inode = FileFacts.of(received).inode();
            WorkingFolders.move(received, folders.quarantine().resolve(received.getFileName() + ".earlier-" + inode));
        }
    }

    /** Back to its uploader, who has written to it since; if there is a newer upload already, that one counts. */
    private static void giveBack(Path taken, Path uploaded, Claim claim) throws IOException {
        boolean isTheClaimedOne = Files.exists(taken, LinkOption.NOFOLLOW_LINKS)
                && FileFacts.of(taken).inode() == claim.inode();
        if (isTheClaimedOne) {
            try {
                WorkingFolders.giveBack(taken, uploaded);
            } catch (FileAlreadyExistsException e) {
                LOG.info("an upload was replaced while it was taken; the newer one counts");
            }
        }
    }

    /** Whether nobody even touched it; what we have moved ourselves is touched by that. */
    private static boolean isUntouched(Path path, Claim claim) throws IOException {
        return facts(path)
                .filter(facts -> isAsClaimed(facts, claim) && facts.changedNs() == claim.changedNs())
                .isPresent();
    }

    private static boolean isAsClaimed(Path path, Claim claim) throws IOException {
        return facts(path).filter(facts -> isAsClaimed(facts, claim)).isPresent();
    }

    private static boolean isAsClaimed(FileFacts facts, Claim claim) {
        return facts.isFile()
                && facts.sizeBytes() == claim.sizeBytes()
                && facts.modifiedNs() == claim.modifiedNs()
                && facts.inode() == claim.inode();
    }

    /** Asks first whether there is anything: mostly there is not, and an exception for each file would be dear. */
    private static Optional<FileFacts> facts(Path path) throws IOException {
        try {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(FileFacts.of(path)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void removeDoneFile(Claim claim, Path file) throws IOException {
        if (claim.rule().equals(ArrivalRule.DONE_FILE.name())) {
            Files.deleteIfExists(Looks.doneFile(file));
        }
    }
}
