package org.waybill.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.waybill.House;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.ledger.Selection;
import org.waybill.route.RouteFiles;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;

/**
 * A process of its own that runs all stages of a route, to be killed: its home is the argument, its database in the
 * environment. With a further argument, the file of an old key, it rewraps instead.
 */
final class ChildRun {

    static final String READY = "ready";
    static final int FAILED = 1;
    static final int REFUSED = 4;

    private ChildRun() {}

    public static void main(String[] args) {
        House.takeWhatTheBuildFound();
        System.exit(run(Path.of(args[0]), List.of(args).subList(1, args.length)));
    }

    private static int run(Path home, List<String> oldKey) {
        try (House house = House.in(home, System.getenv())) {
            System.out.println(READY);
            System.in.read();
            for (Stage stage : oldKey.isEmpty() ? Stage.of(new RouteFiles(home).named("ega")) : List.of(Stage.REWRAP)) {
                StageResult result = oldKey.isEmpty()
                        ? house.run("ega", stage)
                        : house.run(
                                "ega",
                                stage,
                                Selection.ALL,
                                KeyFileReader.readSecret(home.resolve(oldKey.get(0)), null));
                if (result.status() != Status.COMPLETED) {
                    System.out.println(result);
                    return FAILED;
                }
            }
            return 0;
        } catch (IOException e) {
            return FAILED;
        } catch (AnotherRunAliveException e) {
            System.out.println(e.getMessage());
            return REFUSED;
        }
    }
}
