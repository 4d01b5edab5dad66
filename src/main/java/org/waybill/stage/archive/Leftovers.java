package org.waybill.stage.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waybill.ledger.Contents;
import org.waybill.ledger.Contents.FileInState;
import org.waybill.ledger.FileState;
import org.waybill.route.Route;
import org.waybill.stage.RouteFolders;
import org.waybill.storage.UnpublishedFile;
import org.waybill.storage.WorkingFolders;

/** What is no longer needed once a file is archived: the working copy and the source. Only for the owner of the stage. */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Contents contents;
    private final String route;
    private final WorkingFolders folders;

    Leftovers(Contents contents, Route route) {
        this.contents = contents;
        this.route = route.name();
        this.folders = RouteFolders.of(route);
    }

    /** Removes what a run that died did not remove any more. */
    void sweep() throws IOException {
        folders.create();
        UnpublishedFile.sweep(folders.publishing());
        for (Path folder : List.of(folders.processed(), folders.received(), folders.quarantine())) {
            remove(contents.states(route, WorkingFolders.ids(folder)).stream()
                    .filter(file -> file.state() == FileState.ARCHIVED)
                    .mapToLong(FileInState::fileId)
                    .toArray());
        }
    }

    /** Removes what files that have just been recorded as archived leave behind. What fails here is done by the next run. */
    void remove(long[] archived) {
        for (long id : archived) {
            try {
                Files.deleteIfExists(folders.processed(id));
                Files.deleteIfExists(folders.received(id));
                Files.deleteIfExists(folders.quarantine(id));
            } catch (IOException e) {
                LOG.warn("file {} is archived, but its source could not be removed yet; the next run tries again", id);
            }
        }
    }
}
