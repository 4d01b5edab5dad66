package org.waybill.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void newestVersionIsThatOfTheLastMigration() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("sql/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString()).max(Comparator.naturalOrder()))
                    .hasValueSatisfying(name -> assertThat(name).startsWith("V" + Schema.NEWEST + "__"));
        }
    }
}
