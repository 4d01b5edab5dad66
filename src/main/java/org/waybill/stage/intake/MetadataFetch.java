package org.waybill.stage.intake;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.waybill.format.manifest.EntryName;
import org.waybill.remote.ega.EgaAddress;
import org.waybill.remote.ega.EgaLogin;
import org.waybill.remote.ega.EgaMetadataClient;
import org.waybill.route.IntakeRoute.EgaApi;
import org.waybill.storage.Directories;

/** Fetches the file list of a dataset from the EGA API into the manifests folder, where it is a manifest like any other. */
final class MetadataFetch {

    private MetadataFetch() {}

    /**
     * @return the manifest, whole and on disk
     * @throws IOException if the server does not give the whole list, or a manifest of that name is there with other
     *     content; nothing is replaced
     */
    static Path into(Path manifests, EgaApi api, String dataset) throws IOException {
        if (dataset.contains("/") || EntryName.faultOf(dataset).isPresent()) {
            throw new IOException(
                    "the dataset's id cannot be the name of a file; give its id, such as EGAD00001000001");
        }
        Path manifest = manifests.resolve(dataset + ".json");
        Directories.createDurably(manifests);
        Path fetched = manifests.resolve("." + dataset + ".json.fetched");
        Files.deleteIfExists(fetched);
        try {
            fetch(api, dataset, fetched);
            keep(fetched, manifest);
        } finally {
            Files.deleteIfExists(fetched);
        }
        return manifest;
    }

    private static void fetch(EgaApi api, String dataset, Path target) throws IOException {
        char[] username = api.username().resolve(System::getenv);
        char[] password = api.password().resolve(System::getenv);
        EgaLogin login = new EgaLogin(String.valueOf(username), password);
        try {
            new EgaMetadataClient(new EgaAddress(api.url(), false), login).fetch(dataset, target);
        } finally {
            login.destroy();
            Arrays.fill(password, '\0');
        }
    }

    private static void keep(Path fetched, Path manifest) throws IOException {
        Directories.forceFile(fetched);
        try {
            Files.createLink(manifest, fetched);
        } catch (FileAlreadyExistsException e) {
            if (Files.mismatch(manifest, fetched) >= 0) {
                throw new IOException(
                        "the server's list differs from the manifest of this dataset that lies there already; move that one"
                                + " away if the server's is right");
            }
        }
        Directories.force(Directories.of(manifest));
    }
}
