package org.waybill.route.acknowledgement;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.SftpAccount;
import org.waybill.route.yaml.YamlSection;

/** The keys of a log. */
final class LogSection {

    private static final Set<String> TELL_THE_START =
            Set.of("common", "combined", "debian-common", "debian-combined", "proof");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern SIGNS = Pattern.compile("[*?\\[{]");

    private LogSection() {}

    /** The log that a section describes. */
    static LogSource from(YamlSection log, Path home, Set<String> channels, Set<String> formats) {
        String name = log.required("name", LogSection::name, "write a name that stays, such as clinics-web")
                .orElse("");
        Optional<SftpAccount> sftp = log.optionalSection("sftp").map(section -> SftpAccount.from(section, home));
        String files = log.required(
                        "files",
                        text -> sftp.isPresent() ? remote(text) : local(text, home),
                        "write such as logs/access.log*")
                .orElse("/access.log");
        String format = log.required("format", oneOf(formats, "a format"), "write which format the server writes")
                .orElse("common");
        String channel = log.required(
                        "channel", oneOf(channels, "a channel of delivery"), "write whose folder the server shows")
                .orElse("");
        String urlPath = log.required("url-path", LogSection::urlPath, "write such as /results/")
                .orElse("/");
        int slash = files.lastIndexOf('/');
        return new LogSource(
                name,
                sftp,
                slash < 0 ? "." : files.substring(0, Math.max(1, slash)),
                files.substring(slash + 1),
                channel,
                urlPath,
                format,
                TELL_THE_START.contains(format));
    }

    private static String name(String text) throws RouteValues.Unusable {
        if (!NAME.matcher(text).matches()) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a name for a log",
                    "write lower-case letters, digits, dots, dashes and underscores");
        }
        return text;
    }

    private static String local(String text, Path home) throws RouteValues.Unusable {
        return files(RouteValues.pathIn(home).read(text).toString(), text);
    }

    private static String remote(String text) throws RouteValues.Unusable {
        if (text.startsWith("~") || text.contains("\\") || text.chars().anyMatch(Character::isISOControl)) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a path on a server",
                    "write it with /, absolute or relative to where the login leads");
        }
        return files(text, text);
    }

    private static String files(String path, String text) throws RouteValues.Unusable {
        int slash = path.lastIndexOf('/');
        if (SIGNS.matcher(path.substring(0, slash + 1)).find()) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " has signs of a pattern in its folder",
                    "write the folder in full, and a pattern for the names in it only");
        }
        String names = path.substring(slash + 1);
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + names);
        } catch (PatternSyntaxException e) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a pattern for names", "write such as access.log*");
        }
        if (names.isEmpty() || text.endsWith("/")) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " names a folder, no files", "write such as access.log* after it");
        }
        return path;
    }

    private static RouteValues.Reader<String> oneOf(Set<String> known, String what) {
        return text -> {
            if (!known.contains(text)) {
                throw new RouteValues.Unusable(
                        RouteProblem.quoted(text) + " is not " + what,
                        known.isEmpty() ? "write the section delivery first" : RouteValues.instead(text, known));
            }
            return text;
        };
    }

    private static String urlPath(String text) throws RouteValues.Unusable {
        if (!text.startsWith("/") || text.contains("//") || text.matches(".*[%?#\\s].*|.*/\\.{1,2}(/.*)?")) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not the path of a folder at a server",
                    "write it decoded, from / on, such as /results/");
        }
        return text.endsWith("/") ? text : text + "/";
    }
}
