package org.waybill.route.delivery;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * Which files go to whom. All conditions that a rule has must hold.
 *
 * @param name for the record of why a file went where
 * @param pattern of the file's whole name; its group {@code tag} says which recipients, unless {@code to} does
 * @param label of the tags; empty: all
 * @param type MIME type of the content
 * @param dataset pattern of the dataset's name
 * @param within folder below the incoming one, with {@code /} at its end; empty: everywhere
 * @param to names of recipients; empty: those of the tag
 */
public record AddressRule(
        String name,
        Optional<Pattern> pattern,
        String label,
        Optional<String> type,
        Optional<Pattern> dataset,
        String within,
        List<String> to) {

    static final String TAG = "tag";

    private static final Pattern TAG_GROUP = Pattern.compile("\\(\\?<" + TAG + ">");
    private static final Pattern MIME = Pattern.compile("[a-z0-9.+-]+/[a-z0-9.+*-]+");

    public AddressRule {
        to = List.copyOf(to);
    }

    /** What a rule looks at. */
    public record Subject(String path, @Nullable String type, List<String> datasets) {

        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** Whether all conditions hold, and then the tag that was found; empty where the rule names its recipients. */
    Optional<String> match(Subject file) {
        boolean elsewhere = !file.path().startsWith(within)
                || type.filter(wanted -> !isOfType(wanted, file.type())).isPresent()
                || dataset.filter(wanted -> file.datasets().stream()
                                .noneMatch(name -> wanted.matcher(name).matches()))
                        .isPresent();
        if (elsewhere) {
            return Optional.empty();
        }
        if (pattern.isEmpty()) {
            return Optional.of("");
        }
        Matcher matcher = pattern.get().matcher(file.fileName());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(to.isEmpty() ? matcher.group(TAG) : "");
    }

    private static boolean isOfType(String wanted, @Nullable String type) {
        return type != null
                && (wanted.equals(type)
                        || wanted.endsWith("/*") && type.startsWith(wanted.substring(0, wanted.length() - 1)));
    }

    static AddressRule from(YamlSection rule) {
        Optional<Pattern> pattern = rule.value("pattern", AddressRule::pattern);
        List<String> to = rule.list("to", text -> text).orElse(List.of());
        boolean findsTag = pattern.filter(
                        found -> TAG_GROUP.matcher(found.pattern()).find())
                .isPresent();
        if (to.isEmpty() && (pattern.isEmpty() && !rule.has("pattern") || pattern.isPresent() && !findsTag)) {
            rule.refuse(
                    "to",
                    "is missing, and no pattern has the group " + TAG,
                    "write the names of recipients, or (?<" + TAG + ">…) where their tag stands");
        }
        String within = rule.value("within", Recipient::folder).orElse("");
        return new AddressRule(
                rule.required("name", text -> text.strip(), "write a word for the record of why a file went where")
                        .orElse("rule"),
                pattern,
                rule.value("label", String::strip).orElse(""),
                rule.value("type", AddressRule::type),
                rule.value("dataset", AddressRule::glob),
                within.isEmpty() ? "" : within + "/",
                to);
    }

    private static Pattern pattern(String text) throws RouteValues.Unusable {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a pattern: " + e.getDescription() + " at character "
                            + (e.getIndex() + 1),
                    "write a regular expression of Java");
        }
    }

    private static String type(String text) throws RouteValues.Unusable {
        if (!MIME.matcher(text).matches()) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a MIME type", "write application/pdf or text/*");
        }
        return text;
    }

    /** A name in which {@code *} stands for any characters. */
    private static Pattern glob(String text) {
        return Pattern.compile(java.util.Arrays.stream(text.split("\\*", -1))
                .map(Pattern::quote)
                .collect(java.util.stream.Collectors.joining(".*")));
    }
}
