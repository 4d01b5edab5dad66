package org.waybill.ledger.checked;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the evidence of files that passed the checks of their route. */
@Repository
public class CheckedContents {

    private final JdbcClient jdbc;

    public CheckedContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Records what was found in files, in the transaction that moves them, in place of what was found when they were
     * processed before.
     *
     * @param files empty evidence: the route has no checks now
     */
    @Transactional
    public void record(Map<Long, Optional<Evidence>> files, Instant at) {
        if (files.isEmpty()) {
            return;
        }
        jdbc.sql("delete from checked_content where file_id = any (:files)")
                .param("files", ids(List.copyOf(files.keySet())))
                .update();
        List<Long> checked = new ArrayList<>();
        List<Evidence> found = new ArrayList<>();
        files.forEach((id, evidence) -> evidence.ifPresent(some -> {
            checked.add(id);
            found.add(some);
        }));
        if (checked.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into checked_content
                            (file_id, checked_at, mime_type, name_rule, page, position, command_exit)
                        select file_id, :at, mime_type, name_rule, page, position, command_exit
                        from unnest(:files::bigint[], :types::text[], :rules::text[], :pages::integer[],
                                    :positions::integer[], :exits::integer[])
                                 as c (file_id, mime_type, name_rule, page, position, command_exit)
                        """)
                .param("at", Timestamp.from(at))
                .param("files", ids(checked))
                .param("types", found.stream().map(Evidence::mimeType).toArray(String[]::new))
                .param("rules", found.stream().map(Evidence::nameRule).toArray(String[]::new))
                .param("pages", integers(found, Evidence::page))
                .param("positions", integers(found, Evidence::position))
                .param("exits", integers(found, Evidence::commandExit))
                .update();
    }

    private static long[] ids(List<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    private static Integer[] integers(List<Evidence> found, Function<Evidence, Integer> field) {
        return found.stream().map(field).toArray(Integer[]::new);
    }
}
