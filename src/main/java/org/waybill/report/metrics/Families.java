package org.waybill.report.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the series of a route, by the name of their metric. Labels are given as name, value, name, value. */
final class Families {

    private final String route;
    private final Map<String, GaugeSnapshot.Builder> gauges = new TreeMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new TreeMap<>();
    private final List<MetricSnapshot> infos = new ArrayList<>();

    Families(String route) {
        this.route = route;
    }

    void gauge(String name, String help, double value, String... labels) {
        gauges.computeIfAbsent(name, key -> GaugeSnapshot.builder().name(name).help(help))
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(labels(labels))
                        .build());
    }

    /** @param name without the ending {@code _total}, which it gets */
    void counter(String name, String help, double value, String... labels) {
        counters.computeIfAbsent(
                        name, key -> CounterSnapshot.builder().name(name).help(help))
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(value)
                        .labels(labels(labels))
                        .build());
    }

    /** @param name without the ending {@code _info}, which it gets */
    void info(String name, String help, String... labels) {
        infos.add(InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        InfoDataPointSnapshot.builder().labels(labels(labels)).build())
                .build());
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>(infos);
        gauges.values().forEach(gauge -> all.add(gauge.build()));
        counters.values().forEach(counter -> all.add(counter.build()));
        return new MetricSnapshots(all);
    }

    private Labels labels(String... more) {
        return Labels.of("route", route).merge(Labels.of(more));
    }
}
