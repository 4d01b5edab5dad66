package org.waybill.route;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a route's metadata comes from.
 *
 * @param manifests the folder in which each file is one manifest
 * @param columns for CSV and TSV manifests: meaning ({@code name}, {@code size}, {@code md5}, {@code sha256},
 *     {@code encrypted-md5}, {@code encrypted-sha256}, {@code dataset}, {@code file-id} …) to the header's column name;
 *     empty: the well-known names
 */
public record IntakeRoute(Path manifests, Map<String, String> columns, Optional<EgaApi> egaApi) {

    /**
     * The EGA metadata API.
     *
     * @param url of the files of one dataset, with {@code {dataset}} where its id stands
     */
    public record EgaApi(String url, SecretReference username, SecretReference password) {}
}
