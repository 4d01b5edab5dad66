package org.waybill.ledger;

import java.nio.file.Path;
import java.time.Instant;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.waybill.House;
import org.waybill.ledger.postgres.Database;

/** A house whose ledger holds what happened in one made-up night, for whoever reads the ledger. */
public final class Night {

    public static final Instant BEGIN = Instant.parse("2026-07-01T18:00:00Z");
    public static final Instant END = Instant.parse("2026-07-02T06:00:00Z");

    private Night() {}

    /** To be closed by whoever opens it. */
    public static House in(Path home) throws Exception {
        House house = House.in(home);
        try (var connection = house.bean(Database.class).openConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("ledger/night.sql"));
        }
        return house;
    }
}
