package org.waybill.remote.sftp.session;

import java.io.IOException;

/** The caller asked to stop, by its flag or by an interruption. What was sent stays for the next time. */
public final class SftpStoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    SftpStoppedException() {
        super("stopped on request");
    }
}
