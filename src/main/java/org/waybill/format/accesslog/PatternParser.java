package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.waybill.format.accesslog.AccessLogLine.Completion;

/** Reads lines by a pattern of a route, whose named groups are the fields. */
final class PatternParser implements LogLine.Parser {

    static final int MAX_BYTES = 16 * 1024; // two request lines of Apache at their longest; a pattern is no scanner

    /** Some milliseconds; a fitting line takes a few steps a byte. */
    private static final int MAX_STEPS = 500_000;

    private static final List<String> REQUIRED = List.of("host", "time", "method", "path", "status");
    private static final List<String> OPTIONAL =
            List.of("user", "protocol", "bytes", "sent", "completion", "range", "contentRange", "etag", "agent");
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final Pattern pattern;
    private final Map<String, Boolean> has = new HashMap<>();
    private final LogTime times = new LogTime();
    private final Request request = new Request();

    /** @param pattern one that {@link #checked} has let pass */
    PatternParser(Pattern pattern) {
        this.pattern = pattern;
        Set<String> groups = groups(pattern);
        REQUIRED.forEach(name -> has.put(name, true));
        OPTIONAL.forEach(name -> has.put(name, groups.contains(name)));
    }

    /** @throws IllegalArgumentException if it is no pattern, lacks a required group or has one that is not known */
    static Pattern checked(String regex) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected a regular expression of Java, found at character " + e.getIndex() + ": "
                            + e.getDescription(),
                    e);
        }
        Set<String> groups = groups(pattern);
        Set<String> missing = new TreeSet<>(REQUIRED);
        missing.removeAll(groups);
        Set<String> unknown = new TreeSet<>(groups);
        unknown.removeAll(REQUIRED);
        unknown.removeAll(OPTIONAL);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "expected the groups %s, and none but these and %s; %s%s%s: write (?<host>[^ ]+) for a group",
                    String.join(", ", REQUIRED),
                    String.join(", ", OPTIONAL),
                    missing.isEmpty() ? "" : "missing: " + String.join(", ", missing),
                    missing.isEmpty() || unknown.isEmpty() ? "" : "; ",
                    unknown.isEmpty() ? "" : "not known: " + String.join(", ", unknown)));
        }
        return pattern;
    }

    /** The names of its groups, which Java 17 keeps to itself: of all that look like one, those that a match has. */
    private static Set<String> groups(Pattern pattern) {
        Matcher matcher =
                Pattern.compile("|" + pattern.pattern(), pattern.flags()).matcher("");
        boolean unused = matcher.matches(); // the empty alternative does
        Set<String> names = new TreeSet<>();
        Matcher group = GROUP.matcher(pattern.pattern());
        while (group.find()) {
            try {
                matcher.group(group.group(1));
                names.add(group.group(1));
            } catch (IllegalArgumentException e) {
                continue; // escaped, or within a class: no group
            }
        }
        return names;
    }

    @Override
    public LogLine parse(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        if (end == from) {
            return new LogLine.Unparseable(LineFault.EMPTY_LINE, 0);
        }
        if (end - from > MAX_BYTES) {
            return new LogLine.Unparseable(LineFault.TOO_LONG, MAX_BYTES);
        }
        String line = new String(bytes, from, end - from, ISO_8859_1);
        Matcher matcher = pattern.matcher(new CountedText(line));
        try {
            return matcher.matches() ? line(matcher, line) : new LogLine.Unparseable(LineFault.NO_MATCH, 0);
        } catch (CountedText.TooManySteps | StackOverflowError e) { // java.util.regex recurses into repeated groups
            return new LogLine.Unparseable(LineFault.TOO_MANY_STEPS, 0);
        }
    }

    private LogLine line(Matcher matcher, String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        Instant time =
                matcher.start("time") < 0 ? null : times.ofPattern(bytes, matcher.start("time"), matcher.end("time"));
        if (time == null) {
            return fault(LineFault.BAD_TIME, matcher, "time");
        }
        Optional<String> status = text(matcher, "status");
        if (status.isPresent() && !status.get().matches("[0-9]{3}")) {
            return fault(LineFault.BAD_STATUS, matcher, "status");
        }
        for (String size : List.of("bytes", "sent")) {
            if (text(matcher, size).filter(written -> number(written).isEmpty()).isPresent()) {
                return fault(LineFault.BAD_NUMBER, matcher, size);
            }
        }
        Optional<String> method = text(matcher, "method");
        request.clear();
        if (method.isPresent() && matcher.start("path") >= 0) {
            byte[] target = LogText.unescaped(bytes, matcher.start("path"), matcher.end("path"));
            request.readTarget(target, 0, target.length, LogText.HIGH);
        }
        boolean dashIsZero = has("bytes") && matcher.start("bytes") >= 0 && "-".equals(matcher.group("bytes"));
        return new AccessLogLine(
                text(matcher, "host"),
                text(matcher, "user"),
                time,
                method,
                request.target,
                request.path,
                text(matcher, "protocol"),
                status.map(Integer::parseInt).orElse(0),
                dashIsZero ? OptionalLong.of(0) : size(matcher, "bytes"),
                size(matcher, "sent"),
                completion(matcher),
                text(matcher, "range"),
                text(matcher, "contentRange"),
                text(matcher, "etag"),
                text(matcher, "agent"));
    }

    private boolean has(String group) {
        return Boolean.TRUE.equals(has.get(group));
    }

    private Optional<String> text(Matcher matcher, String group) {
        if (!has(group) || matcher.start(group) < 0) {
            return Optional.empty();
        }
        byte[] bytes = matcher.group(group).getBytes(ISO_8859_1);
        return LogText.read(bytes, 0, bytes.length, LogText.ESCAPE);
    }

    private OptionalLong size(Matcher matcher, String group) {
        return text(matcher, group).map(PatternParser::number).orElse(OptionalLong.empty());
    }

    private static OptionalLong number(String written) {
        try {
            return written.matches("[0-9]{1,19}") ? OptionalLong.of(Long.parseLong(written)) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // more than 2^63 - 1
        }
    }

    private Completion completion(Matcher matcher) {
        if (!has("completion") || matcher.start("completion") < 0) {
            return Completion.UNKNOWN;
        }
        return switch (matcher.group("completion")) {
            case "+", "-", "OK" -> Completion.COMPLETED;
            case "X", "" -> Completion.ABORTED;
            default -> Completion.UNKNOWN;
        };
    }

    private static LogLine fault(LineFault fault, Matcher matcher, String group) {
        return new LogLine.Unparseable(fault, Math.max(0, matcher.start(group)));
    }

    /** A line that lets so many of its characters be looked at and no more: what nested repetitions would exceed. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private int steps;

        CountedText(String text) {
            this.text = text;
        }

        static final class TooManySteps extends RuntimeException {
            TooManySteps() {
                super("too many steps", null, false, false); // no trace: it may be thrown for every line
            }
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
