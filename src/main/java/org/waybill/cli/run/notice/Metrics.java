package org.waybill.cli.run.notice;

import java.io.IOException;
import java.util.function.Consumer;
import org.waybill.cli.Session;
import org.waybill.report.metrics.Measurements;
import org.waybill.report.metrics.MetricsFile;
import org.waybill.route.Route;

/** Writes the numbers of a route into the folder that it names. Never throws. */
public final class Metrics {

    private final Route route;
    private final Session session;
    private final Consumer<String> notes;

    /** @param notes where faults are told */
    public Metrics(Route route, Session session, Consumer<String> notes) {
        this.route = route;
        this.session = session;
        this.notes = notes;
    }

    /** As they are now; nothing if the route names no folder. */
    public void write() {
        route.metrics().ifPresent(folder -> {
            try {
                new MetricsFile(folder, route.name())
                        .write(session.bean(Measurements.class).of(route.name()));
            } catch (IOException | RuntimeException e) {
                notes.accept("the metrics of " + route.name() + " were not written ("
                        + e.getClass().getSimpleName() + "): is " + folder + " there, and may this user write to it?");
            }
        });
    }
}
