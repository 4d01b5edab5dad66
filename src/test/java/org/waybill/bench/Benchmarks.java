package org.waybill.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.crypt4gh.ChaCha20Poly1305;

/** Runs all benchmarks and prints them as ratios to what bounds them. */
public final class Benchmarks {

    private static final String ROW = "%-32s %8.0f   %5.2f of %s%n";

    /**
     * How much is measured.
     *
     * @param times how often the bytes stand in the file for other programs
     */
    private record Effort(int sizeBytes, int warmups, int iterations, TimeValue each, int times, int runs) {
        static final Effort FULL = new Effort(32 << 20, 3, 5, TimeValue.seconds(1), 16, 3);
        static final Effort QUICK = new Effort(4 << 20, 1, 1, TimeValue.milliseconds(100), 2, 1);
    }

    private record Row(String name, List<String> bounds) {}

    private final Effort effort;
    private final PrintStream out;
    private final Map<String, Double> bytesPerSecond = new LinkedHashMap<>();

    private Benchmarks(Effort effort, PrintStream out) {
        this.effort = effort;
        this.out = out;
    }

    /** @param args {@code quick} measures hardly anything: it shows that the benchmarks run; {@code full} is usual */
    public static void main(String[] args) throws Exception {
        String wanted = args.length == 0 ? "full" : args[0];
        if (args.length > 1 || !List.of("full", "quick").contains(wanted)) {
            System.err.println("one word is expected: full or quick");
            System.exit(2);
        }
        new Benchmarks(wanted.equals("quick") ? Effort.QUICK : Effort.FULL, System.out).run();
    }

    private void run() throws RunnerException, IOException, InterruptedException {
        measure();
        out.printf(
                "Java %s, ChaCha20-Poly1305 of %s, %d processors, one used, %d MB heap%n%n",
                Runtime.version(),
                ChaCha20Poly1305.providerName(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        out.printf("%-32s %8s   %s%n", "OURS", "MB/S", "RATIO TO ITS BOUND (MB/S)");
        rows().forEach(this::print);
        out.printf("%n%-32s %8s   %s%n", "OTHERS", "MB/S", "OURS TO THEIRS");
        printOthers();
        printLogparser();
        printLines();
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(
                new Row("crypt4ghDecrypt", List.of("primitiveChaChaOpen")),
                new Row("crypt4ghEncrypt", List.of("primitiveChaChaSeal")),
                new Row("crypt4ghDecryptEncrypt", List.of("primitiveChaChaOpen", "primitiveChaChaSeal")),
                new Row("egaAesDecrypt", List.of("primitiveAesCtr")),
                new Row("openPgpDecrypt", List.of("primitiveAesEcb", "primitiveDigest SHA1")),
                new Row("accessLogCombined", List.of("primitiveNewlineScan"))));
        Stream.of(ChecksumAlgorithm.values())
                .map(algorithm -> new Row("digest " + algorithm, List.of("primitiveDigest " + algorithm)))
                .forEach(rows::add);
        return rows;
    }

    /** In this JVM, as all formats share one in production; it was started for this. */
    private void measure() throws RunnerException {
        Options options = new OptionsBuilder()
                .include("org\\.waybill\\.bench\\.")
                .param("sizeBytes", String.valueOf(effort.sizeBytes()))
                .mode(Mode.Throughput)
                .forks(0)
                .threads(1)
                .warmupIterations(effort.warmups())
                .warmupTime(effort.each())
                .measurementIterations(effort.iterations())
                .measurementTime(effort.each())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(options).run()) {
            String method = result.getParams().getBenchmark();
            String algorithm = result.getParams().getParamsKeys().contains("algorithm")
                    ? " " + result.getParams().getParam("algorithm")
                    : "";
            bytesPerSecond.put(
                    method.substring(method.lastIndexOf('.') + 1) + algorithm,
                    result.getPrimaryResult().getStatistics().getMax() * effort.sizeBytes());
        }
    }

    /** One after the other on the same core, so the times add up. */
    private double bound(List<String> primitives) {
        return 1 / primitives.stream().mapToDouble(name -> 1 / speed(name)).sum();
    }

    private double speed(String name) {
        return Objects.requireNonNull(bytesPerSecond.get(name), () -> "nothing was measured for " + name);
    }

    private void print(Row row) {
        double bound = bound(row.bounds());
        String shown = String.format(Locale.ROOT, "%s (%.0f)", String.join(" + ", row.bounds()), bound / 1e6);
        out.printf(Locale.ROOT, ROW, row.name(), speed(row.name()) / 1e6, speed(row.name()) / bound, shown);
    }

    private void printOthers() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-"); // short: the socket of gpg's agent may come to lie in it
        try {
            Map<OtherProgram.Input, Path> files =
                    OtherProgram.write(Content.plain(effort.sizeBytes()), effort.times(), folder);
            for (OtherProgram program : OtherProgram.ALL) {
                OptionalDouble theirs = program.isInstalled()
                        ? program.bytesPerSecond(Objects.requireNonNull(files.get(program.input())), effort.runs())
                        : OptionalDouble.empty();
                if (theirs.isEmpty()) {
                    out.printf("%-32s        -   not installed, or it failed%n", program.name());
                    continue;
                }
                double speed = theirs.getAsDouble();
                out.printf(
                        Locale.ROOT, ROW, program.name(), speed / 1e6, speed(program.rival()) / speed, program.rival());
            }
        } finally {
            remove(folder);
        }
    }

    private void printLogparser() {
        String ours = "accessLogCombined";
        double theirs = speed("logparserCombined");
        out.printf(Locale.ROOT, ROW, "logparser", theirs / 1e6, speed(ours) / theirs, ours);
    }

    private void printLines() throws IOException {
        byte[] log = AccessLogBenchmark.log(effort.sizeBytes());
        double lines = speed("accessLogCombined") * AccessLogBenchmark.lines(log) / log.length;
        out.printf(Locale.ROOT, "%naccessLogCombined reads %.0f lines a second%n", lines);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
