package org.waybill.route;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.SecretReference;
import org.waybill.route.yaml.YamlSection;

/**
 * Where a route's metadata comes from.
 *
 * @param manifests the folder in which each file is one manifest; empty if files are taken that nothing declares, and nothing
 *     declares any
 * @param columns for CSV and TSV manifests: meaning (one of {@link #MEANINGS}) to the header's column name; empty: the
 *     well-known names
 */
public record IntakeRoute(Optional<Path> manifests, Map<String, String> columns, Optional<EgaApi> egaApi) {

    /** What a column of a manifest can say of a file; {@code encrypted-…} of the file as it arrives, the rest of its plaintext. */
    public static final List<String> MEANINGS = List.of(
            "name",
            "size",
            "md5",
            "sha1",
            "sha256",
            "sha512",
            "encrypted-size",
            "encrypted-md5",
            "encrypted-sha1",
            "encrypted-sha256",
            "encrypted-sha512",
            "dataset",
            "file-id");

    public IntakeRoute {
        columns = Map.copyOf(columns);
    }

    /** @param takesUndeclared whether the route takes files that nothing declares: then it needs no manifests */
    static IntakeRoute from(YamlSection intake, Path home, boolean takesUndeclared) {
        if (!intake.has("manifests")) {
            refuseWithoutManifests(intake, takesUndeclared);
        }
        Optional<Path> manifests = intake.value("manifests", RouteValues.pathIn(home));
        Map<String, String> columns = new LinkedHashMap<>();
        intake.optionalSection("columns")
                .ifPresent(section -> MEANINGS.forEach(
                        meaning -> section.value(meaning, name -> name).ifPresent(name -> columns.put(meaning, name))));
        return new IntakeRoute(
                manifests, columns, intake.optionalSection("ega-api").map(api -> EgaApi.from(api, home)));
    }

    private static void refuseWithoutManifests(YamlSection intake, boolean takesUndeclared) {
        if (intake.has("ega-api")) {
            intake.refuse(
                    "manifests",
                    "is missing, and what ega-api fetches is kept there",
                    "write a folder, such as data/ega/manifests");
        } else if (intake.has("columns")) {
            intake.refuse(
                    "columns",
                    "is for manifests, and there are none",
                    "write the folder of the manifests, or remove it");
        } else if (!takesUndeclared) {
            intake.refuse(
                    "manifests",
                    "is missing, so no file would ever be expected",
                    "write the folder of the manifests, such as data/ega/manifests, or unexpected: accept in transfer");
        }
    }

    /**
     * The EGA metadata API.
     *
     * @param url of the files of one dataset, with {@code {dataset}} where its id stands; HTTPS, except for this machine
     */
    public record EgaApi(String url, SecretReference username, SecretReference password) {

        private static final SecretReference UNKNOWN = new SecretReference.Environment("UNKNOWN");

        private static EgaApi from(YamlSection api, Path home) {
            String cure = "write env:NAME or file:PATH";
            return new EgaApi(
                    api.required("url", EgaApi::url, "write the address of a dataset's files")
                            .orElse(""),
                    api.required("username", RouteValues.secretIn(home), cure).orElse(UNKNOWN),
                    api.required("password", RouteValues.secretIn(home), cure).orElse(UNKNOWN));
        }

        /** Never quotes the address: its user part or its query may hold a secret. */
        private static String url(String text) throws RouteValues.Unusable {
            if (RouteValues.hasCredentials(text)) {
                throw new RouteValues.Unusable(
                        "has credentials in it", "move them to username and password, as references");
            }
            if (!text.contains("{dataset}")) {
                throw new RouteValues.Unusable("has no {dataset} in it", "write it where the dataset's id stands");
            }
            RouteValues.requireSafe(text.replace("{dataset}", "EGAD00000000001"), "password");
            return text;
        }
    }
}
