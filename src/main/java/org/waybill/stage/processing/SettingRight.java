package org.waybill.stage.processing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waybill.ledger.Contents;
import org.waybill.ledger.Contents.FileInState;
import org.waybill.ledger.FileState;
import org.waybill.route.Route;
import org.waybill.stage.RouteFolders;
import org.waybill.storage.UnpublishedFile;
import org.waybill.storage.WorkingFolders;

/**
 * Sets the working folders right where they differ from the ledger, which is the one that is right: results that were not
 * recorded are thrown away, files in quarantine are set aside, readmitted ones are put back. Only for the owner of the
 * stage.
 */
final class SettingRight {

    private static final Logger LOG = LoggerFactory.getLogger(SettingRight.class);

    private final Contents contents;
    private final String route;
    private final WorkingFolders folders;

    SettingRight(Contents contents, Route route) {
        this.contents = contents;
        this.route = route.name();
        this.folders = RouteFolders.of(route);
    }

    void beforeProcessing() throws IOException {
        folders.create();
        UnpublishedFile.sweep(folders.processed());
        for (FileInState file : contents.states(route, WorkingFolders.ids(folders.processed()))) {
            if (file.state() == FileState.ARRIVED || file.state() == FileState.EXPECTED) {
                Files.deleteIfExists(folders.processed(file.fileId()));
            }
        }
        for (FileInState file : contents.states(route, WorkingFolders.ids(folders.received()))) {
            if (file.state() == FileState.QUARANTINED) {
                move(folders.received(file.fileId()), folders.quarantine(file.fileId()));
            }
        }
        for (FileInState file : contents.states(route, WorkingFolders.ids(folders.quarantine()))) {
            if (file.state() == FileState.ARRIVED) {
                move(folders.quarantine(file.fileId()), folders.received(file.fileId()));
            }
        }
    }

    /** Sets files aside that have just been quarantined. What fails here is done by the next run. */
    void setAside(long[] fileIds) {
        for (long id : fileIds) {
            try {
                if (Files.exists(folders.received(id), LinkOption.NOFOLLOW_LINKS)) {
                    move(folders.received(id), folders.quarantine(id));
                }
            } catch (IOException e) {
                LOG.warn("file {} is in quarantine, but could not be set aside yet; the next run tries again", id);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            WorkingFolders.move(from, to);
        }
    }
}
