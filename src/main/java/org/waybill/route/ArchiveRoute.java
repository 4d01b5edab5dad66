package org.waybill.route;

import java.util.List;
import java.util.Map;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * How files are archived.
 *
 * @param sidecars labels of the checksum files beside each archived file: {@code md5}, {@code sha256}; both, if the route does
 *     not say
 */
public record ArchiveRoute(List<String> sidecars) {

    private static final List<String> DEFAULT_SIDECARS = List.of("md5", "sha256");
    private static final Map<String, String> LABELS = Map.of("md5", "md5", "sha256", "sha256");

    public ArchiveRoute {
        sidecars = List.copyOf(sidecars);
    }

    static ArchiveRoute from(YamlSection archive) {
        return new ArchiveRoute(
                archive.list("sidecars", RouteValues.word(LABELS)).orElse(DEFAULT_SIDECARS));
    }
}
