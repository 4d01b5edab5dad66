package org.waybill.remote.sftp.session;

import java.util.function.BooleanSupplier;

/** Asks, between two waits, whether to go on. */
record StopCheck(BooleanSupplier isStopped) {

    void requireNoStop() throws SftpStoppedException {
        if (isStopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new SftpStoppedException();
        }
    }
}
