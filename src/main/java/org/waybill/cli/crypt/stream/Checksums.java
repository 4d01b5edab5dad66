package org.waybill.cli.crypt.stream;

import java.util.EnumSet;
import java.util.Set;
import org.waybill.format.ChecksumAlgorithm;
import picocli.CommandLine.Option;

/** The option that says which checksums are computed of a file that is made. */
public final class Checksums {

    @Option(
            names = "--no-checksums",
            description = "Leaves out MD5 and SHA-256 of both sides, which take most of the time; sizes are printed.")
    private boolean leftOut;

    /** A set of the caller's own. */
    public Set<ChecksumAlgorithm> algorithms() {
        return leftOut ? EnumSet.noneOf(ChecksumAlgorithm.class) : usual();
    }

    /** Of which each command tells, unless it is asked not to. */
    public static Set<ChecksumAlgorithm> usual() {
        return EnumSet.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256);
    }
}
