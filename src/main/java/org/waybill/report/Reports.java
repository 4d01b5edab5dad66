package org.waybill.report;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.report.Report.Section;

/** Runs the queries in {@code sql/report}. */
@Repository
public class Reports {

    private final NamedParameterJdbcOperations jdbc;

    public Reports(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The report of a time. All queries see the same moment.
     *
     * @param program what commands to be pasted begin with, such as {@code ./waybill}
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Report between(Instant since, Instant until, String program) {
        Map<String, Object> time = Map.of("since", Timestamp.from(since), "until", Timestamp.from(until));
        Map<String, Section> sections = new LinkedHashMap<>();
        for (ReportQuery query : ReportQuery.all()) {
            sections.put(
                    camelCase(query.name()), new Section(query.title(), jdbc.query(query.sql(), time, Reports::row)));
        }
        Verdict verdict = new Verdict(sections, program);
        return new Report(since, until, verdict.sentence(), verdict.findings(), sections);
    }

    private static Map<String, @Nullable Object> row(ResultSet result, int number) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = result.getObject(i);
            row.put(camelCase(columns.getColumnLabel(i)), value instanceof Timestamp at ? at.toInstant() : value);
        }
        return row;
    }

    private static String camelCase(String name) {
        List<String> words = List.of(name.split("_"));
        StringBuilder camelCase = new StringBuilder(words.get(0));
        words.subList(1, words.size())
                .forEach(word ->
                        camelCase.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
        return camelCase.toString();
    }
}
