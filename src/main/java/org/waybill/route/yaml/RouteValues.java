package org.waybill.route.yaml;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What single words of a route mean: durations, numbers, paths. */
public final class RouteValues {

    private static final Pattern DURATION = Pattern.compile("(?<minus>-)?(?<amount>[0-9]{1,9})(?<unit>ms|s|m|h|d|)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms",
            ChronoUnit.MILLIS,
            "s",
            ChronoUnit.SECONDS,
            "m",
            ChronoUnit.MINUTES,
            "h",
            ChronoUnit.HOURS,
            "d",
            ChronoUnit.DAYS);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final String WRITE_A_DURATION = "write 5m, 30s or 2h";

    private static final Pattern SIZE = Pattern.compile("(?<amount>[0-9]{1,6})(?<unit>[KMGT]B)");
    private static final Map<String, Long> SIZES =
            Map.of("KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private static final Pattern WITH_CREDENTIALS = Pattern.compile("[^/?#]*//[^/?#]*@.*", Pattern.DOTALL);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private RouteValues() {}

    /** Turns the text of a value into what it means. */
    public interface Reader<T> {
        T read(String text) throws Unusable;
    }

    /** The text cannot mean what its key asks for. */
    public static final class Unusable extends Exception {
        private final String wrong;
        private final String cure;

        public Unusable(String wrong, String cure) {
            super(wrong + "; " + cure);
            this.wrong = wrong;
            this.cure = cure;
        }

        public String wrong() {
            return wrong;
        }

        public String cure() {
            return cure;
        }
    }

    /** {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}; zero is a duration, too. */
    public static Duration duration(String text) throws Unusable {
        String quoted = RouteProblem.quoted(text);
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new Unusable(quoted + " is not a duration", WRITE_A_DURATION);
        }
        if (duration.group("unit").isEmpty()) {
            throw new Unusable(quoted + " has no unit", WRITE_A_DURATION);
        }
        if (duration.group("minus") != null) {
            throw new Unusable(quoted + " is negative", WRITE_A_DURATION);
        }
        Duration value = Duration.of(Long.parseLong(duration.group("amount")), UNITS.get(duration.group("unit")));
        if (value.compareTo(LONGEST) > 0) {
            throw new Unusable(quoted + " is longer than a year", WRITE_A_DURATION);
        }
        return value;
    }

    /** {@code UTC}, or a region and a city. */
    public static ZoneId zone(String text) throws Unusable {
        if (text.equals("UTC")
                || (text.contains("/") && ZoneId.getAvailableZoneIds().contains(text))) {
            return ZoneId.of(text);
        }
        throw new Unusable(RouteProblem.quoted(text) + " is not a time zone", "write UTC, or such as Europe/Oslo");
    }

    /** {@code 500MB}, {@code 2TB}: bytes, in powers of 1,000. */
    public static long size(String text) throws Unusable {
        Matcher size = SIZE.matcher(text);
        if (!size.matches() || Long.parseLong(size.group("amount")) == 0) {
            throw new Unusable(RouteProblem.quoted(text) + " is not a size", "write 500MB, 20GB or 2TB");
        }
        return Long.parseLong(size.group("amount")) * Objects.requireNonNull(SIZES.get(size.group("unit")));
    }

    public static Reader<Integer> number(int smallest, int largest) {
        String cure = "write a whole number from " + smallest + " to " + largest;
        return text -> {
            if (!NUMBER.matcher(text).matches()) {
                throw new Unusable(RouteProblem.quoted(text) + " is not a whole number", cure);
            }
            BigInteger number = new BigInteger(text);
            if (number.compareTo(BigInteger.valueOf(smallest)) < 0) {
                throw new Unusable(RouteProblem.quoted(text) + " is too small", cure);
            }
            if (number.compareTo(BigInteger.valueOf(largest)) > 0) {
                throw new Unusable(RouteProblem.quoted(text) + " is too large", cure);
            }
            return number.intValueExact();
        };
    }

    /** One of a few words. */
    public static <T> Reader<T> word(Map<String, T> meanings) {
        return text -> {
            T meaning = meanings.get(text);
            if (meaning == null) {
                String words = String.join(", ", new TreeSet<>(meanings.keySet()));
                throw new Unusable(
                        RouteProblem.quoted(text) + " is not known here",
                        "write " + words.replaceFirst(", ([^,]+)$", " or $1"));
            }
            return meaning;
        };
    }

    /** A path, relative to the home. The result is absolute and normalised; it need not exist. */
    public static Reader<Path> pathIn(Path home) {
        return text -> {
            if (text.startsWith("~")) {
                throw new Unusable(
                        RouteProblem.quoted(text) + " begins with ~, which only a shell knows", "write the whole path");
            }
            Unusable notAPath =
                    new Unusable(RouteProblem.quoted(text) + " is not a path", "write a path relative to the home");
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw notAPath;
            }
            try {
                return home.resolve(text).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw notAPath;
            }
        };
    }

    /** A reference to a secret. What stands there instead may be the secret itself, so it is not quoted. */
    public static Reader<SecretReference> secretIn(Path home) {
        return text -> SecretReference.parse(text, home)
                .orElseThrow(() -> new Unusable("is not a reference", "write env:NAME or file:PATH"));
    }

    /** Whether an address has a user or a password in it. */
    public static boolean hasCredentials(String address) {
        return WITH_CREDENTIALS.matcher(address).matches();
    }

    /**
     * Refuses what is no address of a web server, or would be read on the way. Never quotes it: it may hold a secret.
     *
     * @param secret what goes there
     */
    public static void requireSafe(String address, String secret) throws Unusable {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw notAnAddress();
        }
        boolean https = "https".equals(uri.getScheme());
        if (uri.getHost() == null || !(https || "http".equals(uri.getScheme()))) {
            throw notAnAddress();
        }
        if (!https && !THIS_MACHINE.contains(uri.getHost())) {
            throw new Unusable("would send the " + secret + " unencrypted", "write https:// instead of http://");
        }
    }

    private static Unusable notAnAddress() {
        return new Unusable("is not an address", "write https://HOST/PATH");
    }

    /** The cure for a word that is not known: the word that was probably meant, otherwise all that are known. */
    public static String instead(String word, Collection<String> known) {
        int slips = Math.min(2, word.length() / 3); // of the pen: in a short word, two letters make another word
        return known.stream()
                .filter(candidate -> distance(plain(word), plain(candidate)) <= slips)
                .min(Comparator.comparingInt(candidate -> distance(plain(word), plain(candidate))))
                .map(candidate -> "did you mean " + candidate + "?")
                .orElse("known here: " + String.join(", ", known));
    }

    /** Spellings of one name in other languages: {@code quietFor}, {@code quiet_for}, {@code QUIET-FOR}. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Levenshtein's: how many letters must be added, removed or replaced. */
    private static int distance(String one, String other) {
        int[] above = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
