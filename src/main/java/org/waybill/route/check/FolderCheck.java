package org.waybill.route.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.waybill.route.Route;
import org.waybill.route.TransferRoute;
import org.waybill.route.acknowledgement.AcknowledgementRoute;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.route.delivery.DeliveryChannel;

/** Looks at the folders that a route names, and at Waybill's own folders in them. */
final class FolderCheck {

    private static final String INCOMING = "folders.incoming";
    private static final String ARCHIVE = "folders.archive";
    private static final String MANIFESTS = "intake.manifests";

    private static final List<String> OWN_FOLDERS_IN_INCOMING =
            List.of(".waybill", ".waybill/received", ".waybill/quarantine");
    private static final List<String> OWN_FOLDERS_IN_ARCHIVE =
            List.of(".waybill", ".waybill/processed", ".waybill/publishing");

    private final FileSystems fileSystems;
    private final Findings findings;

    /** Tells which file system a folder is on: equal answers, equal file systems. */
    interface FileSystems {
        Object of(Path folder) throws IOException;

        /** As the kernel numbers them. */
        static Object device(Path folder) throws IOException {
            return Files.getAttribute(folder, "unix:dev");
        }
    }

    FolderCheck(FileSystems fileSystems, Findings findings) {
        this.fileSystems = fileSystems;
        this.findings = findings;
    }

    void check(Route route) {
        usable(INCOMING, route.incoming(), true);
        usable(ARCHIVE, route.archive(), true);
        route.intake().manifests().ifPresent(manifests -> usable(MANIFESTS, manifests, false));
        OWN_FOLDERS_IN_INCOMING.forEach(own -> own(INCOMING, route.incoming(), own));
        OWN_FOLDERS_IN_ARCHIVE.forEach(own -> own(ARCHIVE, route.archive(), own));
        apart(route);
        route.intake().manifests().ifPresent(manifests -> manifestsApart(route, manifests));
        route.delivery().ifPresent(delivery -> delivery.channels().values().forEach(channel -> {
            if (channel instanceof DeliveryChannel.Local local) {
                deliveredTo(route, local);
            }
        }));
        route.acknowledgement().ifPresent(this::acknowledgedIn);
    }

    private void usable(String key, Path folder, boolean isWrittenTo) {
        Path existing = Place.nearestExisting(folder);
        boolean isThere = existing.equals(folder);
        String found = isThere ? folder.toString() : folder + " cannot be made: " + existing;
        boolean mustBeWritable = isWrittenTo || !isThere;
        Mode mode = Mode.of(existing);
        if (!Files.isDirectory(existing)) {
            findings.note(key, found + " is not a folder", "correct the path, or move away what is there");
        } else if (!mode.isReadable()) {
            findings.note(key, found + " cannot be read (" + mode + ")", "chmod u+rwx " + existing);
        } else if (mustBeWritable && !mode.isWritable()) {
            findings.note(key, found + " cannot be written (" + mode + ")", "chmod u+w " + existing);
        } else if (!Files.isReadable(existing) || (mustBeWritable && !Files.isWritable(existing))) {
            findings.note(key, found + " is closed to this user", "give it to the user who runs Waybill");
        }
    }

    private void own(String key, Path around, String name) {
        Path own = around.resolve(name);
        if (Files.isSymbolicLink(own)) {
            findings.note(
                    key, own + " is a symbolic link, which may lead anywhere", "remove it: Waybill makes a folder");
        } else if (Files.isDirectory(own)) {
            ownFolder(key, around, own);
        } else if (Files.exists(own)) {
            findings.note(key, own + " is not a folder", "remove it: Waybill makes one");
        }
    }

    private void ownFolder(String key, Path around, Path own) {
        Mode mode = Mode.of(own);
        if (mode.letsOthersEnter()) {
            findings.note(key, own + " is open to others (" + mode + ")", "chmod 700 " + own);
        }
        try {
            if (!fileSystems.of(own).equals(fileSystems.of(around))) {
                String wrong =
                        own + " is on another file system than " + around + ", so no file can be renamed into it";
                findings.note(key, wrong, "unmount it");
            }
        } catch (IOException e) {
            findings.note(key, own + " cannot be looked at", "give it to the user who runs Waybill");
        }
    }

    private void apart(Route route) {
        Place incoming = Place.of(route.incoming());
        Place.of(route.archive())
                .relationTo(incoming)
                .ifPresent(
                        is -> findings.note(ARCHIVE, is + " the incoming folder", "choose two folders side by side"));
    }

    private void manifestsApart(Route route, Path folder) {
        Path incoming = Place.of(route.incoming()).path();
        Path manifests = Place.of(folder).path();
        if (manifests.startsWith(incoming) && !ignores(route.transfer(), incoming.relativize(manifests))) {
            findings.note(
                    MANIFESTS,
                    "is inside the incoming folder, so manifests would be taken for data",
                    "choose a folder outside, or one whose name is in transfer.ignore");
        }
    }

    /** It is others' folder, so it is not made: it may be a file system that is not mounted. */
    private void deliveredTo(Route route, DeliveryChannel.Local channel) {
        String key = "delivery.channels." + channel.name() + ".folder";
        if (!Files.isDirectory(channel.folder())) {
            findings.note(key, channel.folder() + " is not there", "make it, or mount what it is on");
            return;
        }
        usable(key, channel.folder(), true);
        Place folder = Place.of(channel.folder());
        folder.relationTo(Place.of(route.incoming()))
                .ifPresent(is -> findings.note(key, is + " the incoming folder", "choose a folder of its own"));
        folder.relationTo(Place.of(route.archive()))
                .ifPresent(is -> findings.note(key, is + " the archive", "choose a folder of its own"));
    }

    /** They are others' folders, too. */
    private void acknowledgedIn(AcknowledgementRoute acknowledgement) {
        for (int i = 0; i < acknowledgement.logs().size(); i++) {
            LogSource log = acknowledgement.logs().get(i);
            if (log.sftp().isEmpty()) {
                others("acknowledgement.logs[" + i + "].files", Path.of(log.folder()), false);
            }
        }
        acknowledgement.acks().ifPresent(folder -> others("acknowledgement.acks.folder", folder, true));
    }

    private void others(String key, Path folder, boolean isWrittenTo) {
        if (Files.isDirectory(folder)) {
            usable(key, folder, isWrittenTo);
        } else {
            findings.note(key, folder + " is not there", "make it, or mount what it is on");
        }
    }

    private static boolean ignores(TransferRoute transfer, Path inIncoming) {
        for (Path name : inIncoming) {
            if (transfer.ignores(name.toString())) {
                return true;
            }
        }
        return false;
    }
}
