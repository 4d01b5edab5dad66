package org.waybill.route.checks;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * What every file of a route must be like before it leaves processing. All that is given must be met.
 *
 * @param names one of them must fit the name of the file; empty: any name will do
 * @param types MIME types by content, one of which it must be; empty: any will do
 * @param identifierInText whether the identifier in its name must stand in its text, on any page
 * @param maxSizeBytes how large its plain content may be; it is held in memory while it is checked. Without a word in the
 *     route: 64 MB
 * @param charset of plain text that is not UTF-8 and has no byte order mark; without a word in the route windows-1252
 */
public record ContentChecks(
        List<NameRule> names,
        List<String> types,
        boolean identifierInText,
        long maxSizeBytes,
        Charset charset,
        Optional<CheckCommand> command) {

    private static final long DEFAULT_MAX_SIZE_BYTES = 64_000_000;
    private static final long LARGEST_MAX_SIZE_BYTES = 256_000_000;
    private static final String DEFAULT_CHARSET = "windows-1252";
    private static final Map<String, Boolean> YES_OR_NO = Map.of("true", true, "false", false);
    private static final Pattern TYPE = Pattern.compile("[a-z]+/[a-z0-9][a-z0-9.+_-]*");

    public ContentChecks {
        names = List.copyOf(names);
        types = List.copyOf(types);
        if (maxSizeBytes < 1 || maxSizeBytes > LARGEST_MAX_SIZE_BYTES) {
            throw new IllegalArgumentException("not a size of what is checked in memory: " + maxSizeBytes);
        }
    }

    /** @param home what paths are relative to */
    public static ContentChecks from(YamlSection checks, Path home) {
        boolean identifierInText =
                checks.value("identifier-in-text", RouteValues.word(YES_OR_NO)).orElse(false);
        List<YamlSection> rules = checks.sections("names");
        List<NameRule> names = rules.stream()
                .flatMap(rule -> NameRule.from(rule, identifierInText).stream())
                .toList();
        refuseTheSameTwice(rules, names);
        if (identifierInText && !checks.has("names")) {
            checks.refuse(
                    "identifier-in-text",
                    "is true, and nothing says which part of a name is the identifier",
                    "write names, with (?<identifier>...) in each pattern");
        }
        if (checks.has("names") && rules.isEmpty()) {
            checks.refuse("names", "allows no name", "write - { name: NAME, pattern: 'PATTERN' }, or leave it out");
        }
        List<String> types = checks.list("types", ContentChecks::type).orElse(List.of());
        if (checks.has("types") && types.isEmpty()) {
            checks.refuse("types", "allows no type", "write [application/pdf], or leave it out");
        }
        return new ContentChecks(
                names,
                types,
                identifierInText,
                checks.value("max-size", ContentChecks::size).orElse(DEFAULT_MAX_SIZE_BYTES),
                checks.value("charset", ContentChecks::charset).orElse(Charset.forName(DEFAULT_CHARSET)),
                checks.optionalSection("command").flatMap(command -> CheckCommand.from(command, home)));
    }

    private static void refuseTheSameTwice(List<YamlSection> rules, List<NameRule> names) {
        Set<String> seen = new HashSet<>();
        if (names.size() == rules.size()) { // otherwise a mistake is told already
            for (int i = 0; i < names.size(); i++) {
                if (!seen.add(names.get(i).name())) {
                    rules.get(i)
                            .refuse("name", "is that of another pattern, too", "give each pattern a name of its own");
                }
            }
        }
    }

    private static String type(String text) throws RouteValues.Unusable {
        if (!TYPE.matcher(text).matches()) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a MIME type",
                    "write one in lower case without parameters, such as application/pdf");
        }
        return text;
    }

    private static long size(String text) throws RouteValues.Unusable {
        long size = RouteValues.size(text);
        if (size > LARGEST_MAX_SIZE_BYTES) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is more than is checked in memory", "write 256MB or less");
        }
        return size;
    }

    private static Charset charset(String text) throws RouteValues.Unusable {
        try {
            return Charset.forName(text);
        } catch (IllegalArgumentException e) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not an encoding that Java knows",
                    "write windows-1252, " + StandardCharsets.ISO_8859_1 + " or " + StandardCharsets.UTF_8);
        }
    }
}
