package org.waybill.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.waybill.House;
import org.waybill.ledger.Selection;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;

/**
 * A route of its own in a house that several tests share: its own folders, nothing of it in the ledger. The house's home
 * must have been made by {@link Uploads}.
 */
public final class FreshRoute {

    private static final String ROUTE = """
            route: %1$s
            description: for one test
            folders:
              incoming: %1$s/incoming
              archive: %1$s/archive
            intake:
              manifests: %1$s/manifests
            %2$s
            transfer:
            %3$s
            processing:
              decrypt:
                crypt4gh: { keys: [keys/node.sec] }
              plaintext: reject
              encrypt:
                format: crypt4gh
                recipients: [keys/archive.pub]
            archive:
              sidecars: [md5]
            """;

    private final House house;
    private final String name;

    private FreshRoute(House house, String name) {
        this.house = house;
        this.name = name;
    }

    /**
     * @param intake further lines of that section
     * @param transfer all lines of that section
     */
    public static FreshRoute in(House house, String intake, String transfer) {
        try {
            int number = 1;
            while (Files.exists(house.home().resolve("jobs/route-" + number + ".yaml"))) {
                number++;
            }
            FreshRoute route = new FreshRoute(house, "route-" + number);
            Files.createDirectories(route.folder("incoming"));
            Files.createDirectories(route.folder("manifests"));
            Files.createDirectories(route.folder("archive"));
            Files.writeString(
                    house.home().resolve("jobs").resolve(route.name + ".yaml"),
                    ROUTE.formatted(route.name, intake, transfer));
            return route;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    public Path folder(String folder) {
        return house.home().resolve(name).resolve(folder);
    }

    public Path manifest(String manifest, String text) throws IOException {
        return Files.writeString(folder("manifests").resolve(manifest), text);
    }

    public Path upload(String path, String text) throws IOException {
        Path file = folder("incoming").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    public StageResult run(Stage stage) {
        return house.run(name, stage);
    }

    public StageResult run(Stage stage, Selection selection) {
        return house.run(name, stage, selection);
    }

    /** Rows of a query that names the route {@code :route}; each row as its columns, joined with {@code |}. */
    public List<String> query(String sql) {
        return house.jdbc()
                .sql(sql)
                .param("route", name)
                .query((row, n) -> {
                    StringBuilder columns = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        columns.append(i == 1 ? "" : "|").append(row.getString(i));
                    }
                    return columns.toString();
                })
                .list();
    }

    /** Changes rows by hand, as a run that died left them. */
    public int update(String sql, Map<String, ?> values) {
        return house.jdbc().sql(sql).param("route", name).params(values).update();
    }
}
