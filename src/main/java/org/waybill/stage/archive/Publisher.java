package org.waybill.stage.archive;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Publications;
import org.waybill.ledger.Publications.Publication;
import org.waybill.ledger.Publications.PublishedAs;
import org.waybill.ledger.Reason;
import org.waybill.route.Route;
import org.waybill.stage.Bundle;
import org.waybill.stage.archive.Published.Duplicate;
import org.waybill.stage.archive.Published.Stands;
import org.waybill.stage.archive.naming.ArchiveName;
import org.waybill.stage.archive.naming.Content;
import org.waybill.stage.archive.naming.NameGiver;
import org.waybill.stage.archive.naming.Sidecar;
import org.waybill.storage.FileFacts;
import org.waybill.storage.UnpublishedFile;
import org.waybill.storage.WorkingFolders;

/**
 * Gives processed files their final names, for every dataset that wants them. Nothing is written unless all the names are
 * free, or hold the file already.
 */
final class Publisher {

    private final Path archive;
    private final NameGiver nameGiver;
    private final WorkingFolders folders;
    private final Publications publications;

    Publisher(Route route, WorkingFolders folders, Publications publications) {
        this.archive = route.archive();
        List<ChecksumAlgorithm> sidecars = route.archiving().sidecars().stream()
                .map(label -> ChecksumAlgorithm.named(label).orElseThrow())
                .toList();
        this.nameGiver = new NameGiver(sidecars, folders.publishing());
        this.folders = folders;
        this.publications = publications;
    }

    /**
     * A file all of whose names are free, or hold it already.
     *
     * @param made what processing made
     * @param content what is to get the names: that, or what stands in the archive already
     */
    private record Ready(
            Publication file,
            List<ArchiveName> names,
            Content made,
            Content content,
            List<Sidecar> sidecars,
            NameGiver nameGiver)
            implements Bundle.Made<Published> {

        @Override
        public List<UnpublishedFile> unforced() {
            return sidecars.stream().map(Sidecar::file).toList();
        }

        /** Gives the names: first to the check-sum files. */
        @Override
        public Published publish() throws IOException {
            for (Sidecar sidecar : sidecars) {
                sidecar.publish();
            }
            for (ArchiveName name : names) {
                nameGiver.give(name, content);
            }
            return published(file, names, made, content);
        }

        @Override
        public void close() throws IOException {
            for (Sidecar sidecar : sidecars) {
                sidecar.close();
            }
        }
    }

    /**
     * Looks whether a file can have its names, and writes its check-sum files, without their names.
     *
     * @throws FileRejectedException if it cannot; nothing was written
     * @throws IOException if the disk failed; the same may be tried again
     */
    Bundle.Made<Published> prepare(Publication file) throws IOException, FileRejectedException {
        DataFormat format = file.hasReaders() ? DataFormat.CRYPT4GH : DataFormat.EGA_AES;
        List<ArchiveName> names = file.wanted().stream()
                .map(dataset -> ArchiveName.of(archive, dataset, file, format))
                .toList();
        requireRoomFor(names);
        Content made = made(file);
        Optional<Content> standing = other(names, made);
        Content content = standing.isEmpty() ? made : duplicate(file, names, made, standing.get());
        Ready ready = new Ready(file, names, made, content, new ArrayList<>(), nameGiver);
        try {
            for (ArchiveName name : names) {
                ready.sidecars().addAll(nameGiver.sidecars(name, content));
            }
            return ready;
        } catch (IOException | RuntimeException e) {
            ready.close();
            throw e;
        }
    }

    private void requireRoomFor(List<ArchiveName> names) throws FileRejectedException {
        if (names.stream().anyMatch(nameGiver::isTooLong)) {
            throw new FileRejectedException(
                    Reason.ARCHIVE_NAME_TOO_LONG, "expected a name of at most 255 bytes with its suffixes");
        }
    }

    private Content made(Publication file) throws IOException, FileRejectedException {
        Path path = file.publishedAs().isEmpty()
                ? folders.processed(file.fileId())
                : archive.resolve(file.publishedAs().get(0));
        try {
            long size = FileFacts.of(path).sizeBytes();
            if (size != file.sizeBytes()) {
                throw new IOException("file " + file.fileId() + " should have " + file.sizeBytes()
                        + " bytes after processing, and has " + size);
            }
        } catch (NoSuchFileException e) {
            throw new FileRejectedException(
                    Reason.MISSING, "expected the processed form of file " + file.fileId() + ", found none");
        }
        return new Content(path, file.sizeBytes(), file.md5(), file.sha256());
    }

    private Optional<Content> other(List<ArchiveName> names, Content content) throws IOException {
        for (ArchiveName name : names) {
            Optional<Content> other = nameGiver.other(name, content);
            if (other.isPresent()) {
                return other;
            }
        }
        return Optional.empty();
    }

    /** What stands under one of the names already and holds the same plain content in other bytes: the others get it too. */
    private Content duplicate(Publication file, List<ArchiveName> names, Content made, Content standing)
            throws IOException, FileRejectedException {
        Content taken = standing;
        if (file.publishedAs().isEmpty() && publications.isKnownToHold(standing.sha256(), file.plainSha256())) {
            Optional<Content> another = other(names, standing);
            if (another.isEmpty()) {
                return standing;
            }
            taken = another.get();
        }
        throw new FileRejectedException(
                Reason.ARCHIVE_NAME_TAKEN,
                "expected a free name or " + made.sha256() + ", found " + taken.sha256() + " of " + taken.sizeBytes()
                        + " bytes at " + archive.relativize(taken.path()));
    }

    private static Published published(Publication file, List<ArchiveName> names, Content made, Content content) {
        List<PublishedAs> published = names.stream()
                .map(name -> new PublishedAs(file.fileId(), name.dataset().datasetId(), name.relative()))
                .toList();
        return content.isSameAs(made)
                ? new Stands(file, published)
                : new Duplicate(file, published, content.sizeBytes(), content.md5(), content.sha256());
    }
}
