package org.waybill.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.waybill.House;

/** What a test sees when it looks round a house: the ledger, and the folders of the route. */
public final class Floor {

    private final House house;

    public Floor(House house) {
        this.house = house;
    }

    /** Each file by the path under which it arrived (or is expected): its state, or the reason of its quarantine. */
    public Map<String, String> fates() {
        Map<String, String> fates = new TreeMap<>();
        jdbc().sql("select coalesce(arrived_as, path) as path, coalesce(reason, state) as fate from data_file")
                .query((row, n) -> fates.put(row.getString("path"), row.getString("fate")))
                .list();
        return fates;
    }

    public long id(String arrivedAs) {
        return jdbc().sql("select file_id from data_file where arrived_as = :path or path = :path")
                .param("path", arrivedAs)
                .query(Long.class)
                .single();
    }

    public Path received(String arrivedAs) {
        return incoming().resolve(".waybill/received/" + id(arrivedAs));
    }

    public Path quarantine(String arrivedAs) {
        return incoming().resolve(".waybill/quarantine/" + id(arrivedAs));
    }

    public Path processed(String arrivedAs) {
        return archive().resolve(".waybill/processed/" + id(arrivedAs));
    }

    public Path incoming() {
        return house.home().resolve("incoming");
    }

    public Path archive() {
        return house.home().resolve("archive");
    }

    /** The names of all files below a folder, with their paths in it. */
    public static List<String> filesBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Final names in the archive. */
    public List<String> published() {
        return filesBelow(archive()).stream()
                .filter(name -> !name.startsWith(".waybill/"))
                .toList();
    }

    /** Files that are still being written, or that a run left behind. */
    public List<String> unpublished() {
        return filesBelow(house.home()).stream()
                .filter(name -> name.endsWith(".unpublished"))
                .toList();
    }

    private JdbcClient jdbc() {
        return house.jdbc();
    }
}
