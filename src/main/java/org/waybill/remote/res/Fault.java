package org.waybill.remote.res;

import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Tells what failed below, without the HTTP client's own messages: these may hold the URL, and so the key. */
final class Fault {

    private Fault() {}

    /** The kinds of the failure and its causes; the words of sockets and TLS, which know no URL. */
    static String told(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(5)
                .map(Fault::one)
                .distinct()
                .collect(Collectors.joining(", by "));
    }

    private static String one(Throwable failure) {
        boolean knowsNoUrl = failure instanceof SocketException || failure instanceof SSLException;
        String kind = failure.getClass() == IOException.class
                ? "I/O error"
                : failure.getClass().getSimpleName();
        return knowsNoUrl && failure.getMessage() != null ? kind + " (" + failure.getMessage() + ")" : kind;
    }
}
