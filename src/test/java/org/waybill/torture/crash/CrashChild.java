package org.waybill.torture.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conscrypt.Conscrypt;
import org.waybill.House;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.torture.crash.CrashPoint.Place;

/**
 * A process of its own with a house for each of several sites. Told in a line, it runs a stage in one of them, beside what it
 * does in others, and holds one thread of that until it is traced. It ends when nothing more can be told.
 *
 * <p>Arguments: of each site the home and the URL of its database.
 */
final class CrashChild {

    static final String SIGN = "child: ";
    static final String READY = "ready";
    static final String HELD = "held ";
    static final String END = "end of stage";

    private final int number;
    private final Gate gate;
    private final House house;

    private CrashChild(int number, Path home, String databaseUrl) {
        this.number = number;
        this.gate = new Gate(thread -> say(HELD + thread));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("WAYBILL_DATABASE_URL", databaseUrl);
        this.house = House.in(home, environment, gate::before);
        house.bean(Runner.class); // with nearly all beans; while it is traced, that takes three times as long
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        House.takeWhatTheBuildFound();
        Conscrypt.isAvailable(); // it unpacks its library, once for the process
        List<CrashChild> all = new ArrayList<>();
        for (int i = 0; i < args.length; i += 2) {
            all.add(new CrashChild(i / 2, Path.of(args[i]), args[i + 1]));
        }
        System.out.println(SIGN + READY);
        List<Thread> stages = new ArrayList<>();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ");
                CrashChild child = all.get(Integer.parseInt(words[0]));
                Thread stage = new Thread(() -> child.run(Place.ALL.get(Integer.parseInt(words[1]))));
                stage.start();
                stages.add(stage);
            }
        }
        for (Thread stage : stages) {
            stage.join();
        }
        all.forEach(child -> child.house.close());
    }

    /** The order to run a stage, and where in it to hold a thread. */
    static String order(int number, Place place) {
        return number + " " + Place.ALL.indexOf(place) + "\n";
    }

    private void run(Place place) {
        gate.hold(place);
        say(END + fault(place.stage()));
    }

    private String fault(Stage stage) {
        try {
            StageResult result = house.run("ega", stage);
            return result.status() == Status.COMPLETED ? "" : ": " + result;
        } catch (Throwable e) { // errors too: a call that fails may be the class loader's
            return ": " + e;
        }
    }

    private void say(String what) {
        System.out.println(SIGN + number + " " + what);
    }
}
