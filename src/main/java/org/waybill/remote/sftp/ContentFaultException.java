package org.waybill.remote.sftp;

import java.io.IOException;
import org.waybill.remote.sftp.session.LocalFault;

/** What was to be sent could not be read, or is not what it was said to be. The partner has nothing to do with it. */
public final class ContentFaultException extends IOException implements LocalFault {

    private static final long serialVersionUID = 1L;

    ContentFaultException(String message) {
        super(message);
    }

    ContentFaultException(IOException cause) {
        super("what is to be sent cannot be read: " + cause.getMessage(), cause);
    }
}
