package org.waybill.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.route.Route;
import org.waybill.route.RouteFiles;
import org.waybill.route.yaml.RouteProblem;

/** Real folders and modes. Holds for root, too, who may read and write whatever its mode. */
class RouteFoldersCheckTest {

    @TempDir
    private Path home;

    private Path jobs;

    @BeforeEach
    void makeHome() throws IOException {
        home = home.toRealPath();
        jobs = Files.createDirectory(home.resolve("jobs"));
        Files.writeString(home.resolve("archive.pub"), "public");
    }

    @Test
    void takesFoldersThatAreThere() throws IOException {
        make("in/.waybill/received", "rwx------");
        make("in/.waybill/quarantine", "rwx------");
        make("out/.waybill/processed", "rwx------");
        make("manifests", "r-xr-xr-x");

        assertThat(found("in", "out", "manifests")).isEmpty();
    }

    @Test
    void takesFoldersThatCanBeMade() throws IOException {
        assertThat(found("a/in", "b/c/out", "manifests")).isEmpty();
    }

    @Test
    void refusesFoldersThatCannotBeMade() throws IOException {
        make("closed", "r-xr-xr-x");
        Files.writeString(home.resolve("file"), "");

        assertThat(found("closed/in", "closed/out/deep", "file/manifests"))
                .containsExactly(
                        "3: folders.incoming: HOME/closed/in cannot be made: HOME/closed cannot be written (mode 0555); "
                                + "chmod u+w HOME/closed",
                        "4: folders.archive: HOME/closed/out/deep cannot be made: HOME/closed cannot be written (mode 0555); "
                                + "chmod u+w HOME/closed",
                        "6: intake.manifests: HOME/file/manifests cannot be made: HOME/file is not a folder; "
                                + "correct the path, or move away what is there");
    }

    @Test
    void refusesFoldersThatCannotBeUsed() throws IOException {
        make("in", "r-xr-xr-x");
        make("manifests", "-wx------");
        Files.createSymbolicLink(home.resolve("out"), home.resolve("nowhere"));

        assertThat(found("in", "out", "manifests"))
                .containsExactly(
                        "3: folders.incoming: HOME/in cannot be written (mode 0555); chmod u+w HOME/in",
                        "4: folders.archive: HOME/out is not a folder; correct the path, or move away what is there",
                        "6: intake.manifests: HOME/manifests cannot be read (mode 0300); chmod u+rwx HOME/manifests");
    }

    @ParameterizedTest
    @CsvSource({
        "data, data, is the incoming folder",
        "data, data/out, is inside the incoming folder",
        "data/in, data, contains the incoming folder",
        "data, link, is the incoming folder",
        "link/in, data, contains the incoming folder"
    })
    void refusesAnArchiveInTheWayOfUploads(String incoming, String archive, String wrong) throws IOException {
        make("data", "rwx------");
        Files.createSymbolicLink(home.resolve("link"), home.resolve("data"));

        assertThat(found(incoming, archive, "manifests"))
                .containsExactly("4: folders.archive: " + wrong + "; choose two folders side by side");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "in/manifests", "in/a/b.c/d"})
    void refusesManifestsAmongTheUploads(String manifests) throws IOException {
        assertThat(found("in", "out", manifests))
                .containsExactly(
                        "6: intake.manifests: is inside the incoming folder, so manifests would be taken for data; "
                                + "choose a folder outside, or one whose name is in transfer.ignore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in/.manifests", "in/.manifests/ega", "in/ega.tmp", "in-manifests", "manifests"})
    void takesManifestsThatAreNoUploads(String manifests) throws IOException {
        assertThat(found("in", "out", manifests)).isEmpty();
    }

    @Test
    void refusesOwnFoldersThatOthersCanEnter() throws IOException {
        make("in/.waybill/received", "rwxr-x---");
        make("out/.waybill/processed", "rwx-----x");

        assertThat(found("in", "out", "manifests"))
                .containsExactly(
                        "3: folders.incoming: HOME/in/.waybill/received is open to others (mode 0750); "
                                + "chmod 700 HOME/in/.waybill/received",
                        "4: folders.archive: HOME/out/.waybill/processed is open to others (mode 0701); "
                                + "chmod 700 HOME/out/.waybill/processed");
    }

    @Test
    void refusesOwnFoldersThatAnUploaderPutThere() throws IOException {
        make("elsewhere", "rwx------");
        make("in", "rwx------");
        make("out/.waybill", "rwx------");
        Files.createSymbolicLink(home.resolve("in/.waybill"), home.resolve("elsewhere"));
        Files.writeString(home.resolve("out/.waybill/processed"), "");

        assertThat(found("in", "out", "manifests"))
                .containsExactly(
                        "3: folders.incoming: HOME/in/.waybill is a symbolic link, which may lead anywhere; "
                                + "remove it: Waybill makes a folder",
                        "4: folders.archive: HOME/out/.waybill/processed is not a folder; remove it: Waybill makes one");
    }

    @Test
    void refusesOwnFoldersOnAnotherFileSystem() throws IOException {
        make("in/.waybill/received", "rwx------");
        make("out/.waybill/processed", "rwx------");
        FolderCheck.FileSystems mounted = folder -> folder.endsWith("processed") || folder.endsWith("in/.waybill");

        assertThat(found(new RouteCheck(name -> null, mounted), route("ega", "in", "out", "manifests")))
                .containsExactly(
                        "3: folders.incoming: HOME/in/.waybill is on another file system than HOME/in, "
                                + "so no file can be renamed into it; unmount it",
                        "4: folders.archive: HOME/out/.waybill/processed is on another file system than HOME/out, "
                                + "so no file can be renamed into it; unmount it");
    }

    @ParameterizedTest
    @CsvSource({
        "in, out2, folders.incoming: is the incoming folder of route ega",
        "in/two, out2, folders.incoming: is inside the incoming folder of route ega",
        "out/two, out2, folders.incoming: is inside the archive of route ega",
        "in2, out, folders.archive: is the archive of route ega",
        "in2, in/out, folders.archive: is inside the incoming folder of route ega"
    })
    void refusesRoutesThatTakeEachOthersFiles(String incoming, String archive, String wrong) throws IOException {
        List<Route> routes =
                List.of(route("ega", "in", "out", "manifests"), route("egb", incoming, archive, "manifests"));

        assertThat(new RouteCheck(name -> null).problems(routes))
                .extracting(problem -> problem.file() + ": " + problem.key() + ": " + problem.wrong())
                .containsExactly("jobs/egb.yaml: " + wrong);
    }

    private List<String> found(String incoming, String archive, String manifests) throws IOException {
        return found(new RouteCheck(name -> null), route("ega", incoming, archive, manifests));
    }

    private List<String> found(RouteCheck check, Route route) {
        return check.problems(route).stream()
                .map(RouteProblem::toString)
                .map(problem -> problem.replace(home.toString(), "HOME").replace("jobs/ega.yaml:", ""))
                .toList();
    }

    private Route route(String name, String incoming, String archive, String manifests) throws IOException {
        Files.writeString(jobs.resolve(name + ".yaml"), """
                route: %s
                folders:
                  incoming: %s
                  archive: %s
                intake:
                  manifests: %s
                processing: { plaintext: accept, encrypt: { recipients: [archive.pub] } }
                """.formatted(name, incoming, archive, manifests));
        return new RouteFiles(home).named(name);
    }

    private void make(String folder, String mode) throws IOException {
        Path made = Files.createDirectories(
                home.resolve(folder),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
    }
}
