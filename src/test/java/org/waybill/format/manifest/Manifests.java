package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.waybill.format.manifest.ManifestRow.Declared;
import org.waybill.format.manifest.ManifestRow.Rejected;

/** Short manifests for tests, read to their end. */
final class Manifests {

    static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
    static final String OTHER_MD5 = "0cc175b9c0f1b6a831c399e269772661";
    static final String SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    static final String SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    static final String SHA512 = SHA256 + SHA256;

    private Manifests() {}

    static List<ManifestRow> rows(String name, String text) throws IOException {
        return rows(name, text.getBytes(UTF_8), Map.of());
    }

    static List<ManifestRow> rows(String name, byte[] bytes, Map<String, String> columns) throws IOException {
        return rows(ManifestReader.open(new ByteArrayInputStream(bytes), name, columns));
    }

    static List<ManifestRow> resource(String name) throws IOException {
        InputStream in = Objects.requireNonNull(Manifests.class.getResourceAsStream("/manifest/" + name), name);
        return rows(ManifestReader.open(in, name, Map.of()));
    }

    static Declared declared(String name, String text) throws IOException {
        return (Declared) only(rows(name, text));
    }

    static Rejected rejected(String name, String text) throws IOException {
        return (Rejected) only(rows(name, text));
    }

    private static ManifestRow only(List<ManifestRow> rows) {
        if (rows.size() != 1) {
            throw new AssertionError("expected one row, found " + rows);
        }
        return rows.get(0);
    }

    private static List<ManifestRow> rows(ManifestReader reader) throws IOException {
        try (reader) {
            List<ManifestRow> rows = new ArrayList<>();
            for (ManifestRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
            return rows;
        }
    }
}
