package org.waybill.stage.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.waybill.format.Checksum;
import org.waybill.ledger.manifest.Manifests;
import org.waybill.run.StageRun;

/**
 * Reads every manifest that was not dealt with before. A restart reads a manifest that was not admitted from its start,
 * so no position is kept.
 */
class ManifestItemReader implements ItemStreamReader<ManifestPart> {

    private final Manifests manifests;
    private final ManifestFolder folder;
    private final StageRun run;
    private final Queue<Path> files = new ArrayDeque<>();
    private @Nullable OpenManifest manifest;

    ManifestItemReader(Manifests manifests, ManifestFolder folder, StageRun run) {
        this.manifests = manifests;
        this.folder = folder;
        this.run = run;
    }

    @Override
    public void open(ExecutionContext context) {
        manifests.forgetUnfinished(run.route().name());
        try {
            files.addAll(folder.settled(run.stamp().at()));
        } catch (IOException e) {
            throw new ItemStreamException(
                    "the manifests folder cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public @Nullable ManifestPart read() throws IOException {
        run.continueOrStop();
        while (true) {
            if (manifest == null && !openNext()) {
                return null;
            }
            ManifestPart part = manifest == null ? null : manifest.next();
            if (part != null) {
                return part;
            }
            close();
        }
    }

    private boolean openNext() throws IOException {
        String route = run.route().name();
        for (Path file = files.poll(); file != null; file = files.poll()) {
            Checksum sha256 = OpenManifest.hash(file);
            String name = file.getFileName().toString();
            if (!manifests.isKnown(route, name, sha256)) {
                long id = manifests.begin(route, name, sha256, run.stamp());
                manifest =
                        new OpenManifest(id, file, sha256, run.route().intake().columns());
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            if (manifest != null) {
                manifest.close();
            }
        } catch (IOException e) {
            throw new ItemStreamException("a manifest cannot be closed", e);
        } finally {
            manifest = null;
        }
    }
}
