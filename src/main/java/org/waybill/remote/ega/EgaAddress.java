package org.waybill.remote.ega;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the files of a dataset are listed.
 *
 * @param template an absolute URL with {@code {dataset}} where the id of the dataset stands
 * @param plainHttpAllowed whether {@code http:} may go to other machines than this one, with the password in clear
 */
public record EgaAddress(String template, boolean plainHttpAllowed) {

    private static final String DATASET = "{dataset}";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]");

    /** @throws IllegalArgumentException if it is no such URL, carries a password itself, or would send one in clear */
    public EgaAddress {
        if (!template.contains(DATASET)) {
            throw new IllegalArgumentException(
                    "the URL of the EGA API must hold {dataset} where the dataset's id stands");
        }
        URI example = uri(template, "EGAD00000000001");
        String scheme = example.getScheme() == null ? "" : example.getScheme().toLowerCase(Locale.ROOT);
        if (example.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("the URL of the EGA API must begin with https:// and a host");
        }
        if (example.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the URL of the EGA API must not hold the user or password: give them as username and password");
        }
        if (scheme.equals("http") && !plainHttpAllowed && !isLoopback(example)) {
            throw new IllegalArgumentException(
                    "the URL of the EGA API begins with http://, which would send the password" + " in clear to "
                            + example.getHost() + ": use https://");
        }
    }

    /**
     * The list of the files of one dataset.
     *
     * @throws IllegalArgumentException if the id is blank, {@code .} or {@code ..}
     */
    URI ofDataset(String dataset) {
        if (dataset.isBlank() || dataset.equals(".") || dataset.equals("..")) {
            throw new IllegalArgumentException("a dataset's id is expected");
        }
        return uri(template, dataset);
    }

    /** One page of the list: from the element of that index on. */
    static URI page(URI list, int limit, long offset) {
        String query = Stream.concat(
                        parameters(list).filter(parameter -> !parameter.matches("(limit|offset)=.*")),
                        Stream.of("limit=" + limit, "offset=" + offset))
                .collect(Collectors.joining("&"));
        String whole = list.toString();
        int end = whole.indexOf('?');
        return URI.create((end < 0 ? whole : whole.substring(0, end)) + "?" + query);
    }

    /** The number of elements that the URL itself asks for. */
    static OptionalLong limit(URI list) {
        return parameters(list)
                .filter(parameter -> parameter.matches("limit=\\d{1,9}"))
                .mapToLong(parameter -> Long.parseLong(parameter.substring("limit=".length())))
                .findFirst();
    }

    /** The URL as messages show it: without its query, which may hold a secret. */
    static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    /** Whether a redirect may be followed with the password: to the same server, and never from https to http. */
    static boolean isSameServer(URI from, URI to) {
        boolean sameHost = from.getHost().equalsIgnoreCase(to.getHost());
        boolean samePort = port(from) == port(to);
        boolean sameScheme = from.getScheme().equalsIgnoreCase(to.getScheme());
        boolean toHttps = from.getScheme().equalsIgnoreCase("http")
                && "https".equalsIgnoreCase(to.getScheme())
                && port(from) == 80
                && port(to) == 443;
        return sameHost && ((sameScheme && samePort) || toHttps);
    }

    @Override
    public String toString() {
        return shown(uri(template, "dataset"));
    }

    private static URI uri(String template, String dataset) {
        String encoded = URLEncoder.encode(dataset, UTF_8).replace("+", "%20");
        try {
            return URI.create(template.replace(DATASET, encoded));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the URL of the EGA API is not a URL"); // e would show the query
        }
    }

    private static Stream<String> parameters(URI uri) {
        return Optional.ofNullable(uri.getRawQuery()).stream().flatMap(query -> Arrays.stream(query.split("&")));
    }

    private static boolean isLoopback(URI uri) {
        return LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }
}
