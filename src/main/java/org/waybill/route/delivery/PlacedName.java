package org.waybill.route.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;

/**
 * What a delivered file is called: a text with <code>{name}</code>, <code>{stem}</code>, <code>{ending}</code>, <code>{path}
 * </code>, <code>{dataset}</code>, <code>{day}</code> or <code>{version}</code> in it. If it has a version in it, that part in
 * brackets, as in <code>{stem}[-v{version}]{ending}</code>, is left out of the first.
 */
public record PlacedName(String template) {

    /** The file's own name: a corrected one replaces the one before. */
    static final PlacedName SAME = new PlacedName("{name}");

    private static final Pattern PART = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern OF_LATER_VERSIONS = Pattern.compile("\\[([^\\[\\]]*)]");
    private static final Map<String, Boolean> KNOWN = Map.of(
            "name", true, "stem", true, "ending", true, "path", true, "dataset", true, "day", true, "version", true);

    static PlacedName read(String text) throws RouteValues.Unusable {
        Matcher part = PART.matcher(text);
        boolean names = false;
        while (part.find()) {
            if (!KNOWN.containsKey(part.group(1))) {
                throw new RouteValues.Unusable(
                        RouteProblem.quoted("{" + part.group(1) + "}") + " is not known here",
                        "known here: {" + String.join("}, {", new TreeMap<>(KNOWN).keySet()) + "}");
            }
            names |= !part.group(1).equals("ending");
        }
        String rest =
                PART.matcher(OF_LATER_VERSIONS.matcher(text).replaceAll("$1")).replaceAll("");
        if (!names || rest.matches(".*[{}\\[\\]\\\\\\p{Cntrl}].*") || text.startsWith("/") || text.contains("..")) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a name for delivered files",
                    "write {name}, or such as {day}/{stem}[-v{version}]{ending}");
        }
        return new PlacedName(text);
    }

    /** Whether each version of a file has a name of its own; else a later one replaces the one before. */
    public boolean keepsVersions() {
        return template.contains("{version}");
    }

    /**
     * The name of a file.
     *
     * @param path of the file in its dataset
     * @param ending that its form adds, such as {@code .c4gh}; may be empty
     * @param day as {@code 2026-11-20}
     */
    public String of(String path, String ending, int version, String dataset, String day) {
        String shown = OF_LATER_VERSIONS.matcher(template).replaceAll(version > 1 ? "$1" : "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.indexOf('.', 1);
        Map<String, String> values = Map.of(
                "name", name,
                "stem", dot < 0 ? name : name.substring(0, dot),
                "ending", dot < 0 ? "" : name.substring(dot),
                "path", path,
                "dataset", dataset,
                "day", day,
                "version", Integer.toString(version));
        return PART.matcher(shown).replaceAll(part -> Matcher.quoteReplacement(values.get(part.group(1)))) + ending;
    }
}
