package org.waybill.format.accesslog;

/** Why a line of an access log could not be read, with its cause and its cure for the person who reads the report. */
public enum LineFault {
    EMPTY_LINE("The line is empty.", "None is needed: an empty line proves nothing."),
    TOO_LONG("The line is longer than any that a server writes.", "Look at the log: it may be damaged, or no log."),
    CONTROL_BYTE(
            "The line has a control byte, such as the NULs that a crash leaves; servers write those escaped.",
            "None is needed for single lines; for many, look whether the file is a log."),
    ENDS_EARLY(
            "The line ends before the last field of its format.",
            "For single lines none: a crash cut them. For all lines: name the format that the server writes."),
    UNEXPECTED_BYTE(
            "A field does not begin or end as its format says.",
            "For all lines: name the format that the server writes."),
    CUT("The log ends within the line, and nothing can come any more.", "None: a crash or a full disk cut it."),
    OPEN_QUOTE("A quoted field is never closed.", "For single lines none: a crash cut them."),
    STRAY_QUOTE(
            "A quote within a quoted field is not escaped, so where the field ends cannot be known.",
            "Have the server escape quotes, as Apache 2 and nginx do by themselves."),
    BAD_TIME(
            "The time is not one of the calendar, or not written as 17/May/2015:10:05:03 +0000.",
            "For all lines: name the format that the server writes."),
    BAD_STATUS("The status is not of three digits.", "For all lines: name the format that the server writes."),
    BAD_NUMBER(
            "A size is not a number from 0 to 9223372036854775807.",
            "For all lines: name the format that the server writes."),
    BAD_COMPLETION(
            "How the connection ended is none of X + - (Apache) or OK and nothing (nginx).",
            "For all lines: name the format that the server writes."),
    EXTRA_FIELDS(
            "The line goes on after the last field of its format.",
            "Name the format that the server writes, or give a pattern of your own."),
    NO_MATCH("The line does not match the pattern of the route.", "Correct the pattern of the route."),
    TOO_MANY_STEPS(
            "The pattern of the route needs too many steps to tell whether the line matches.",
            "Make the pattern of the route unambiguous: [^ ]+ in place of .*, no repetition within a repetition.");

    private final String cause;
    private final String cure;

    LineFault(String cause, String cure) {
        this.cause = cause;
        this.cure = cure;
    }

    public String cause() {
        return cause;
    }

    public String cure() {
        return cure;
    }
}
