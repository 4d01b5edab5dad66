package org.waybill.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One of the files in {@code sql/report}.
 *
 * @param name of the file, without its ending
 * @param title from its first line
 * @param sql all of it
 */
record ReportQuery(String name, String title, String sql) {

    /** In the order in which the report prints them. */
    private static final List<String> NAMES = List.of(
            "failed_runs",
            "quarantined_files",
            "manifests_with_rejects",
            "unexpected_files",
            "conservation",
            "runs_by_stage",
            "datasets");

    static List<ReportQuery> all() {
        return NAMES.stream().map(ReportQuery::read).toList();
    }

    private static ReportQuery read(String name) {
        try (InputStream file = ReportQuery.class.getResourceAsStream("/sql/report/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("sql/report/" + name + ".sql is not in the program");
            }
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            String title = sql.lines().findFirst().orElse("").replaceFirst("^-- *", "");
            return new ReportQuery(name, title, sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
