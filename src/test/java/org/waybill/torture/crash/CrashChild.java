package org.waybill.torture.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.waybill.House;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;

/**
 * A process of its own that runs one stage of a route when it is told in a line which, and which of its threads is to be held
 * until it is traced. Its home is the argument, its database in the environment.
 */
final class CrashChild {

    static final String SIGN = "child: ";
    static final String READY = "ready";
    static final String HELD = "held ";
    static final String END = "end of stage";
    static final String COMPLETED = "completed";

    private CrashChild() {}

    public static void main(String[] args) throws IOException {
        House.takeWhatTheBuildFound();
        Gate gate = new Gate(thread -> say(HELD + thread));
        try (House house = House.in(Path.of(args[0]), System.getenv(), gate::before);
                BufferedReader order = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            house.bean(Runner.class); // with nearly all beans; while it is traced, that takes three times as long
            say(READY);
            String[] words = order.readLine().split(" ");
            gate.hold(Gate.Who.valueOf(words[1]));
            String fault = fault(house, Stage.valueOf(words[0]));
            say(END + fault);
            if (fault.isEmpty()) {
                say(COMPLETED);
            }
        }
    }

    private static String fault(House house, Stage stage) {
        try {
            StageResult result = house.run("ega", stage);
            return result.status() == Status.COMPLETED ? "" : ": " + result;
        } catch (Exception e) { // checked ones too: the JDK throws some that it does not declare
            return ": " + e;
        }
    }

    private static void say(String what) {
        System.out.println(SIGN + what);
    }
}
