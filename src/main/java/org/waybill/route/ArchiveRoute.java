package org.waybill.route;

import java.util.List;

/**
 * How files are archived.
 *
 * @param sidecars labels of the checksum files beside each archived file: {@code md5}, {@code sha256}
 */
public record ArchiveRoute(List<String> sidecars) {}
