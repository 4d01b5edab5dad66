package org.waybill.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;

/** A process of its own that runs all stages of a route, to be killed: its home is the argument, its database in the environment. */
final class ChildRun {

    static final String READY = "ready";
    static final int FAILED = 1;
    static final int REFUSED = 4;

    private ChildRun() {}

    public static void main(String[] args) {
        System.exit(runAll(Path.of(args[0])));
    }

    private static int runAll(Path home) {
        try (House house = House.in(home, System.getenv())) {
            System.out.println(READY);
            System.in.read();
            for (Stage stage : Stage.way()) {
                StageResult result = house.run("ega", stage);
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
