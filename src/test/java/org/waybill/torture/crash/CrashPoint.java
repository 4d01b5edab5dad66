package org.waybill.torture.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waybill.run.Stage;

/**
 * A moment at which a run can die: before a certain system call of a stage. strace counts the calls of each thread by
 * itself, so a point is of one thread; or it is of the thread that first makes so many.
 *
 * @param place where the counting begins
 * @param call its name
 * @param number how many such calls it takes, that one included
 * @param changes whether the call changes something outside of the process's memory
 * @param onFile whether the call is about a file or folder of the home
 */
record CrashPoint(Place place, String call, int number, boolean changes, boolean onFile) {

    /**
     * From where on calls are counted.
     *
     * @param alone whether only those of the thread that is held there count; else those of each thread of the process
     */
    record Place(Stage stage, Gate.Who who, boolean alone) {

        /** Of each stage its own thread, those of parts, and what other threads do while parts are done. */
        static final List<Place> ALL = List.of(
                new Place(Stage.INTAKE, Gate.Who.MAIN, true),
                new Place(Stage.TRANSFER, Gate.Who.MAIN, true),
                new Place(Stage.PROCESSING, Gate.Who.MAIN, true),
                new Place(Stage.PROCESSING, Gate.Who.PART, true),
                new Place(Stage.PROCESSING, Gate.Who.PART, false),
                new Place(Stage.ARCHIVE, Gate.Who.MAIN, true),
                new Place(Stage.ARCHIVE, Gate.Who.PART, true),
                new Place(Stage.ARCHIVE, Gate.Who.PART, false));

        @Override
        public String toString() {
            return stage.label() + " " + who.name().toLowerCase(java.util.Locale.ROOT) + (alone ? "" : "+others");
        }
    }

    /**
     * The calls by which a run changes something outside of its memory: bytes to files and to the database's socket, forces,
     * names, modes. Of {@code open} those that make a file. Those that a machine does not have begin no point.
     */
    private static final List<String> CALLS = List.of(
            "write",
            "writev",
            "pwrite64",
            "pwritev",
            "sendto",
            "sendmsg",
            "sendfile",
            "copy_file_range",
            "ftruncate",
            "fallocate",
            "fsync",
            "fdatasync",
            "open",
            "openat",
            "link",
            "linkat",
            "symlink",
            "rename",
            "renameat",
            "renameat2",
            "unlink",
            "unlinkat",
            "mkdir",
            "mkdirat",
            "rmdir",
            "chmod",
            "fchmod",
            "fchmodat");

    /** Those that change nothing, and can fail. */
    private static final List<String> OTHERS = List.of("read", "pread64", "close");

    private static final int LONG_MICROS = 1_000_000_000;

    private static final Pattern LINE = Pattern.compile("(?:(\\d+) +)?([a-z0-9_]+)\\((.*)");

    /** What strace is called with to list the calls. */
    static List<String> listing() {
        String calls = Stream.concat(CALLS.stream(), OTHERS.stream())
                .map(call -> "?" + call)
                .collect(Collectors.joining(","));
        return List.of("-y", "-e", "trace=" + calls);
    }

    /** What strace is called with to hold a thread here, which is then killed; or where any thread may come here, to kill it. */
    List<String> killing() {
        return injecting(place.alone() ? "delay_enter=" + LONG_MICROS : "signal=SIGKILL");
    }

    /** What strace is called with to have the call fail here, and do nothing. */
    List<String> failing(String error) {
        return injecting("error=" + error);
    }

    private List<String> injecting(String what) {
        return List.of("-s", "0", "-e", "trace=" + call, "-e", "inject=" + call + ":" + what + ":when=" + number);
    }

    boolean isWrite() {
        return call.equals("write");
    }

    /** The points of a run that was listed up to the end of the stage, in the order of their calls. */
    static List<CrashPoint> of(Place place, String heldThread, Path home, Path listed) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> most = new HashMap<>();
        Set<CrashPoint> points = new LinkedHashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(listed, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()) {
                    continue;
                }
                if (line.contains(CrashChild.END)) {
                    break;
                }
                String call = matcher.group(2);
                String thread = matcher.group(1) == null ? heldThread : matcher.group(1);
                int number = counts.merge(thread + " " + call, 1, Integer::sum);
                boolean isFirstToMakeSoMany = number > most.getOrDefault(call, 0);
                most.merge(call, number, Math::max);
                boolean isOfTheseThreads = place.alone() || !thread.equals(heldThread);
                if (isFirstToMakeSoMany && isOfTheseThreads) {
                    String arguments = matcher.group(3);
                    points.add(new CrashPoint(
                            place, call, number, changes(call, arguments), arguments.contains(home.toString())));
                }
            }
        }
        return new ArrayList<>(points);
    }

    private static boolean changes(String call, String arguments) {
        if (call.startsWith("open")) {
            return arguments.contains("O_CREAT");
        }
        boolean toTerminal = call.equals("write") && (arguments.startsWith("1<") || arguments.startsWith("2<"));
        return !toTerminal && !OTHERS.contains(call);
    }

    @Override
    public String toString() {
        return place + ": " + call + " " + number;
    }
}
