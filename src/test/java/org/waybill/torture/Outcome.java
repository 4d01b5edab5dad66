package org.waybill.torture;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.waybill.stage.Uploads;

/** What runs have made of files, as far as it does not depend on time or chance. */
public final class Outcome {

    private Outcome() {}

    /** Of each file its fate, its content, and what the archive gives back. */
    public static Map<String, String> of(JdbcClient jdbc, Uploads uploads) {
        Map<String, String> outcome = new TreeMap<>();
        jdbc.sql("""
                        select f.path, f.state, f.held_state, f.reason, f.plain_sha256, f.plain_size, f.complete_by,
                               f.received_size, f.received_format, df.archived_as
                        from data_file f join dataset_file df on df.file_id = f.file_id
                        """)
                .query((row, n) -> {
                    String name = row.getString("archived_as");
                    String given = "-";
                    try {
                        given = name == null ? "-" : Uploads.sha256(uploads.fromArchive(name));
                    } catch (IOException e) {
                        given = e.toString();
                    }
                    return outcome.put(
                            row.getString("path"),
                            String.join(
                                    " ",
                                    row.getString("state"),
                                    row.getString("held_state"),
                                    row.getString("reason"),
                                    row.getString("plain_sha256"),
                                    row.getString("plain_size"),
                                    row.getString("complete_by"),
                                    row.getString("received_size"),
                                    row.getString("received_format"),
                                    name,
                                    given));
                })
                .list();
        return outcome;
    }
}
