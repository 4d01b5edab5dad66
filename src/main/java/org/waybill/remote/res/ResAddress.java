package org.waybill.remote.res;

import java.net.URI;
import java.nio.CharBuffer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the re-encryption service is.
 *
 * @param base an absolute URL, without the {@code /file} of the service
 * @param plainHttpAllowed whether {@code http:} may go to other machines than this one, with the key in clear
 */
public record ResAddress(String base, boolean plainHttpAllowed) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]");

    /** @throws IllegalArgumentException if it is no such URL, carries a secret itself, or would send the key in clear */
    public ResAddress {
        URI uri = uri(base);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException(
                    "the URL of the re-encryption service must begin with https:// and a host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the URL of the re-encryption service must hold no user or password,"
                    + " no ? and no #: only what stands before /file");
        }
        boolean isLoopback =
                LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
        if (scheme.equals("http") && !plainHttpAllowed && !isLoopback) {
            throw new IllegalArgumentException("the URL of the re-encryption service begins with http://, which would"
                    + " send the key in clear to " + uri.getHost() + ": use https://");
        }
    }

    /**
     * What is asked for. Holds keys: never to be shown.
     *
     * @param id under which the service keeps what it read of the file: one that it has seen before gives that again
     */
    URI of(ResRequest request, String id) {
        String query = "filePath=" + ResSide.encoded(CharBuffer.wrap(request.filePath())) + "&fileSize="
                + request.sizeBytes() + "&id=" + id + "&"
                + request.source().parameters("source") + "&"
                + request.destination().parameters("destination");
        return uri(base.replaceFirst("/+$", "") + "/file?" + query);
    }

    /** Where the service says that it lives; needs no key. */
    URI heartbeat() {
        return uri(base.replaceFirst("/+$", "") + "/stats/load");
    }

    @Override
    public String toString() {
        return base;
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the URL of the re-encryption service is not a URL"); // e would show it
        }
    }
}
