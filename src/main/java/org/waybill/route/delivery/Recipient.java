package org.waybill.route.delivery;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;

/**
 * Who files are delivered to.
 *
 * @param name as the route, or the folder map, calls it
 * @param label which tags its own are among: the rule of that label looks for them; empty: any rule
 * @param folder below the channel's folder, segments divided by {@code /}; empty: the channel's folder itself
 * @param tags what stands for it in names of files
 * @param channel name of the channel
 * @param form in which it gets files
 * @param key its Crypt4GH public key; there if the form needs it
 */
public record Recipient(
        String name,
        String label,
        String folder,
        Set<String> tags,
        String channel,
        DeliveryForm form,
        Optional<Path> key,
        Bandwidth bandwidth) {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public Recipient {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a recipient's name: " + name);
        }
        tags = Set.copyOf(tags);
    }

    /** Whether a tag that a rule of this label found stands for it. */
    boolean hasTag(String ofLabel, String tag) {
        return (label.isEmpty() || ofLabel.isEmpty() || label.equals(ofLabel)) && tags.contains(tag);
    }

    /** A folder below a channel's: relative, and it does not lead out of it. */
    static String folder(String text) throws RouteValues.Unusable {
        String path = text.replaceAll("/+$", "");
        boolean leadsOut = path.startsWith("/")
                || List.of(path.split("/", -1)).stream()
                        .anyMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
        if (leadsOut || path.contains("\\") || path.chars().anyMatch(Character::isISOControl)) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a folder below the channel's",
                    "write it relative, with / between its parts and without ..");
        }
        return path;
    }
}
