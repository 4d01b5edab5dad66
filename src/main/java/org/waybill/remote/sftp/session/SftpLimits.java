package org.waybill.remote.sftp.session;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How much is asked of a partner's server, and how long it is waited for.
 *
 * @param transfers at the same time, over one connection; servers of OpenSSH allow 10 by default
 * @param connect for the connection, and again for the keys and for logging in
 * @param answer for each answer; what has to read or force a file gets a second more for each 8 MB of it
 * @param keepAlive between two signs of life; after three without an answer the connection is given up
 * @param speed of uploads and of reading
 * @param isStopped asked some times a second by all that waits or transfers
 */
public record SftpLimits(
        int transfers,
        Duration connect,
        Duration answer,
        Duration keepAlive,
        BytesPerSecond speed,
        BooleanSupplier isStopped) {

    public static final int MOST_TRANSFERS = 64;

    /** @throws IllegalArgumentException if nothing could be done within them */
    public SftpLimits {
        if (transfers < 1 || transfers > MOST_TRANSFERS) {
            throw new IllegalArgumentException("transfers at a time must be 1 to " + MOST_TRANSFERS);
        }
        if (!isPositive(connect) || !isPositive(answer) || !isPositive(keepAlive)) {
            throw new IllegalArgumentException("the waits for an SFTP server must be longer than nothing");
        }
    }

    /** Four transfers; 20 seconds for the connection, a minute for an answer, 15 seconds between signs of life. */
    public static SftpLimits usual(BytesPerSecond speed, BooleanSupplier isStopped) {
        return new SftpLimits(
                4, Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofSeconds(15), speed, isStopped);
    }

    public SftpLimits withTransfers(int atATime) {
        return new SftpLimits(atATime, connect, answer, keepAlive, speed, isStopped);
    }

    StopCheck stopCheck() {
        return new StopCheck(isStopped);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
