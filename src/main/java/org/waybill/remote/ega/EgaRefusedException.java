package org.waybill.remote.ega;

import java.io.IOException;

/** The server answered, and asking again will not help before a person has done what the message says. */
public final class EgaRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    EgaRefusedException(String message) {
        super(message);
    }
}
