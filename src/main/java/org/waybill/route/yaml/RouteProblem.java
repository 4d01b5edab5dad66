package org.waybill.route.yaml;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One mistake in a route, or one thing that this machine lacks for it. Says where, what and what to do; never a secret.
 *
 * @param file the route's file relative to the home, such as {@code jobs/ega.yaml}
 * @param line the line in that file, counted from 1; 0 where no line is to blame
 * @param key the path of the key, such as {@code transfer.quiet-for} or {@code archive.sidecars[0]}; empty: the whole file
 * @param wrong what was found
 * @param cure what to do about it
 */
public record RouteProblem(String file, int line, String key, String wrong, String cure) {

    /** Line ends, and what else a terminal would not show as it is: file names may hold it. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private static final int SHOWN_CHARACTERS = 60;

    public RouteProblem {
        file = oneLine(file);
        key = oneLine(key);
        wrong = oneLine(wrong);
        cure = oneLine(cure);
    }

    /**
     * A problem of a route that was loaded: found on this machine or in the course of a run, long after its file was read.
     *
     * @param file the route's own
     * @param key the key to blame; its line is looked up in the file as it is now, and where the file leaves the key to its
     *     default, the line of the section around it stands instead
     */
    public static RouteProblem at(Path file, String key, String wrong, String cure) {
        return in(file, RouteYaml.lineOf(file, key), key, wrong, cure);
    }

    public static RouteProblem in(Path file, int line, String key, String wrong, String cure) {
        int names = file.getNameCount();
        Path inHome = names > 2 ? file.subpath(names - 2, names) : file;
        return new RouteProblem(inHome.toString(), line, key, wrong, cure);
    }

    /** A value from a route as messages quote it. */
    public static String quoted(String value) {
        return '"' + shortened(value) + '"';
    }

    /** So that a text in the wrong place does not flood the terminal. */
    public static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** One line: {@code jobs/ega.yaml:14: transfer.quiet-for: "5 minutes" is not a duration; write 5m, 30s or 2h}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + wrong + "; " + cure;
    }

    private static String oneLine(String text) {
        return NOT_PRINTABLE.matcher(text).replaceAll("?");
    }
}
