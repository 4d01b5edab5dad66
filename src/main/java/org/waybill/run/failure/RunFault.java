package org.waybill.run.failure;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Why a run failed, as far as its message tells: a code, the cause, and the cure. */
public enum RunFault {
    DIED(
            "the process died",
            "the process was killed, or the machine went down, before the run had ended",
            "nothing: what it had begun is set right; restart it"),
    DATABASE_LOST(
            "PSQLException|SQLTransientConnection|CannotGetJdbcConnection|CannotCreateTransaction|"
                    + "DataAccessResourceFailure|RecoverableDataAccess|connection (has been closed|to .* refused)",
            "the database went away while the run used it",
            "see that PostgreSQL runs and can be reached, then restart the run"),
    DISK_FULL(
            "No space left on device|Disk quota exceeded",
            "the disk is full",
            "make room below the route's folders, then restart the run"),
    READ_ONLY(
            "Read-only file system",
            "the file system can only be read, which is often what it does after a fault",
            "look at the kernel's log, mount it for writing, then restart the run"),
    TOO_MANY_FILES_OPEN(
            "Too many open files",
            "the process may not open that many files",
            "raise its limit (ulimit -n, LimitNOFILE), then restart the run"),
    NOT_PERMITTED(
            "AccessDenied|Permission denied|Operation not permitted",
            "the program may not read or write there",
            "give its user the rights, then restart the run"),
    DISK_FAULT(
            "Input/output error|Structure needs cleaning",
            "the disk failed to read or write",
            "look at the kernel's log and at the disk, then restart the run"),
    FILE_GONE(
            "NoSuchFile|No such file or directory|NotDirectory",
            "a file or folder that the run needs is not there",
            "see whether a file system is not mounted or somebody removed it, then restart the run"),
    REPLACED(
            "FencedException",
            "another run took over, because this one seemed dead",
            "nothing, if the other one completed; else restart it"),
    OUT_OF_MEMORY(
            "OutOfMemoryError",
            "the run needs more memory than it may have",
            "give it more with JAVA_OPTS=-Xmx1g, then restart the run"),
    NOT_CONSERVED(
            "NotConservedException",
            "what was found is not what was done, quarantined, skipped or left: a fault of the program",
            "keep the report, and tell who maintains the program; nothing is lost, the files are in the ledger"),
    REMOTE(
            "HttpTimeout|ConnectException|UnknownHost|SocketException|HTTP [45]",
            "a machine that the run asks did not answer as it should",
            "see that it runs and can be reached, then restart the run"),
    DISK_OR_NETWORK(
            "IOException", "a disk or a connection failed", "see to what the message names, then restart the run"),
    OTHER("", "a fault that has no code yet", "look at the run's steps, then restart it; if it fails again, report it");

    private final Pattern sign;
    private final String cause;
    private final String cure;

    RunFault(String sign, String cause, String cure) {
        this.sign = Pattern.compile(sign);
        this.cause = cause;
        this.cure = cure;
    }

    /** The first that fits the message of a failed run. */
    public static RunFault of(String message) {
        return Arrays.stream(values())
                .filter(fault -> fault.sign.matcher(message).find())
                .findFirst()
                .orElse(OTHER);
    }

    public String cause() {
        return cause;
    }

    public String cure() {
        return cure;
    }
}
