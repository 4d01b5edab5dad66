package org.waybill.remote.res;

import java.io.IOException;

/** Asking again will not help before a person has done what the message says. */
public final class ResRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ResRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status of the answer; 0 if nothing was asked. With 404 only this file may be concerned. */
    public int status() {
        return status;
    }
}
