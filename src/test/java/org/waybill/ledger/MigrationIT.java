package org.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.Side;
import org.waybill.ledger.Contents.Completeness;

/** The schema explains itself, and says the same as the code. */
class MigrationIT {

    private static final Pattern LITERAL = Pattern.compile("'([A-Z0-9_]+)'");

    @TempDir
    private static Path home;

    private static House house;

    @BeforeAll
    static void migrateAnEmptyDatabase() {
        house = House.in(home);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void doesNothingTheSecondTime() {
        Flyway flyway = Flyway.configure()
                .dataSource(house.bean(DataSource.class))
                .locations("classpath:sql/migration")
                .load();
        assertThat(flyway.info().applied()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        flyway.validate();
    }

    @Test
    void commentsEveryTableAndView() {
        assertThat(strings("""
                select c.relname
                from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
                  and c.relname <> 'flyway_schema_history'
                  and coalesce(obj_description(c.oid, 'pg_class'), '') = ''
                """)).isEmpty();
    }

    @Test
    void commentsEveryColumn() {
        String columns = """
                select c.relname || '.' || a.attname
                from pg_class c
                         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
                  and c.relname <> 'flyway_schema_history'
                """;
        assertThat(strings(columns)).hasSizeGreaterThan(100);
        assertThat(strings(columns + " and coalesce(col_description(c.oid, a.attnum), '') = ''"))
                .isEmpty();
    }

    @Test
    void knowsTheStatesOfTheCode() {
        assertThat(allowed("data_file", "state")).containsExactlyInAnyOrder(names(FileState.values()));
    }

    @Test
    void holdsEveryStateButQuarantineInQuarantine() {
        List<String> held = new ArrayList<>(List.of(names(FileState.values())));
        held.remove(FileState.QUARANTINED.name());
        assertThat(allowed("data_file", "held_state")).containsExactlyInAnyOrderElementsOf(held);
    }

    @Test
    void knowsTheSidesAlgorithmsAndProofsOfTheCode() {
        assertThat(allowed("declared_checksum", "side")).containsExactlyInAnyOrder(names(Side.values()));
        assertThat(allowed("declared_checksum", "algorithm"))
                .containsExactlyInAnyOrder(names(ChecksumAlgorithm.values()));
        assertThat(allowed("data_file", "complete_by")).containsExactlyInAnyOrder(names(Completeness.values()));
    }

    @Test
    void knowsOneSetOfArrivalRules() {
        assertThat(allowed("observation", "arrival_rule"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(allowed("data_file", "arrival_rule"));
    }

    /** The values that the check of one column allows. */
    private static List<String> allowed(String table, String column) {
        List<String> checks = house.jdbc()
                .sql("""
                        select pg_get_constraintdef(c.oid)
                        from pg_constraint c
                                 join pg_attribute a on a.attrelid = c.conrelid and a.attname = :column
                        where c.conrelid = :table::regclass and c.contype = 'c' and c.conkey = array [a.attnum]
                        """)
                .param("table", table)
                .param("column", column)
                .query(String.class)
                .list();
        assertThat(checks).as("checks of %s.%s", table, column).hasSize(1);
        List<String> values = new ArrayList<>();
        Matcher literals = LITERAL.matcher(checks.get(0));
        while (literals.find()) {
            values.add(literals.group(1));
        }
        return values;
    }

    private static List<String> strings(String sql) {
        return house.jdbc().sql(sql).query(String.class).list();
    }

    private static String[] names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
    }
}
