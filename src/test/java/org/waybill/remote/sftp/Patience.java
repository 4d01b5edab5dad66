package org.waybill.remote.sftp;

import java.time.Duration;
import org.waybill.remote.sftp.session.BytesPerSecond;
import org.waybill.remote.sftp.session.SftpLimits;

/** Limits of tests: a machine that is busy with other things is no fault of the line. */
final class Patience {

    static final SftpLimits LONG = new SftpLimits(
            4,
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            BytesPerSecond.unlimited(),
            () -> false);

    private Patience() {}
}
