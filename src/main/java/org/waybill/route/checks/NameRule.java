package org.waybill.route.checks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * Names that files may have.
 *
 * @param name what the rule is called, in evidence and messages
 * @param pattern a regular expression of Java's for the whole name of a file, without its folders and its encryption suffix
 */
public record NameRule(String name, String pattern) {

    /** The group that is the identifier. */
    public static final String IDENTIFIER = "identifier";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    public NameRule {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a pattern: " + name);
        }
        Pattern.compile(pattern);
    }

    /** What a name is, by this rule; empty if it does not fit. The groups are asked for by their names. */
    public Optional<Matcher> match(String fileName) {
        Matcher matcher = Pattern.compile(pattern).matcher(fileName);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    static Optional<NameRule> from(YamlSection rule, boolean needsIdentifier) {
        Optional<String> name = rule.required("name", NameRule::name, "write a word for it, such as bhs");
        Optional<String> pattern =
                rule.required("pattern", NameRule::pattern, "write a regular expression for the whole name of a file");
        if (needsIdentifier && pattern.isPresent() && !hasIdentifier(pattern.get())) {
            rule.refuse(
                    "pattern",
                    "has no group <identifier>, and the identifier must be in the text",
                    "write (?<identifier>...) around the part of the name that is the identifier");
        }
        return name.flatMap(word -> pattern.map(regex -> new NameRule(word, regex)));
    }

    private static String name(String text) throws RouteValues.Unusable {
        if (!NAME.matcher(text).matches()) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a name for a pattern",
                    "write up to 40 letters, digits, dots and dashes");
        }
        return text;
    }

    private static String pattern(String text) throws RouteValues.Unusable {
        try {
            Pattern.compile(text);
            return text;
        } catch (PatternSyntaxException e) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a regular expression"
                            + (e.getIndex() < 0 ? "" : ": look at character " + (e.getIndex() + 1)),
                    "mend it, and put it in single quotes");
        }
    }

    /** Asked of the one match that every pattern has with nothing put before it: the empty text. */
    private static boolean hasIdentifier(String pattern) {
        Matcher nothing = Pattern.compile("|" + pattern).matcher("");
        try {
            return nothing.matches() && (nothing.start(IDENTIFIER) >= -1);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
