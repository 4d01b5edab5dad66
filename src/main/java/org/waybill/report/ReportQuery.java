package org.waybill.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

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
            "conservation",
            "failed_runs",
            "quarantined_files",
            "held_deliveries",
            "overdue_receipts",
            "refused_acks",
            "log_gaps",
            "manifests_with_rejects",
            "unexpected_files",
            "datasets",
            "deliveries",
            "access_logs",
            "runs_by_stage",
            "recent_runs",
            "slowest_runs",
            "slowest_files",
            "schedules",
            "versions",
            "differences");

    /** What is known only as it is now, and so cannot be told of a time that is over. */
    private static final Set<String> OF_NOW = Set.of("unexpected_files");

    boolean isOfNow() {
        return OF_NOW.contains(name);
    }

    /** The key of its section. */
    String key() {
        return camelCase(name);
    }

    /** A name of SQL as documents have it. */
    static String camelCase(String name) {
        List<String> words = List.of(name.split("_"));
        StringBuilder camelCase = new StringBuilder(words.get(0));
        words.subList(1, words.size())
                .forEach(word ->
                        camelCase.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
        return camelCase.toString();
    }

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
