package org.waybill.route.delivery;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.SftpAccount;
import org.waybill.route.yaml.YamlSection;

/** The keys of a channel. */
final class ChannelSection {

    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    private static final int MAX_CONNECTIONS = 16;
    private static final int USUAL_CONNECTIONS = 4;

    private ChannelSection() {}

    /** The channel that a section describes: one of {@code folder} and {@code sftp}. */
    static DeliveryChannel from(String name, YamlSection channel, Path home) {
        boolean isSftp = channel.has("sftp");
        if (isSftp == channel.has("folder")) {
            channel.refuse("folder", "or sftp must be written, and not both", "write one of them");
        }
        if (!isSftp) {
            return new DeliveryChannel.Local(
                    name,
                    channel.value("folder", RouteValues.pathIn(home)).orElse(home),
                    channel.value("folder-mode", ChannelSection::mode).orElse(words("rwxr-x---")),
                    channel.value("mode", ChannelSection::mode).orElse(words("rw-r-----")));
        }
        YamlSection sftp = channel.section("sftp");
        return new DeliveryChannel.Sftp(
                name,
                SftpAccount.from(sftp, home),
                sftp.value("folder", ChannelSection::remoteFolder).orElse("."),
                sftp.value("folder-mode", ChannelSection::mode).orElse(words("rwxrwx---")),
                sftp.value("mode", ChannelSection::mode).orElse(words("rw-rw----")),
                sftp.value("connections", RouteValues.number(1, MAX_CONNECTIONS))
                        .orElse(USUAL_CONNECTIONS));
    }

    private static String remoteFolder(String text) throws RouteValues.Unusable {
        if (text.startsWith("~") || text.contains("\\") || text.chars().anyMatch(Character::isISOControl)) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not a folder on a server",
                    "write it with /, absolute or relative to where the login leads");
        }
        return text;
    }

    private static Set<PosixFilePermission> mode(String text) throws RouteValues.Unusable {
        if (!MODE.matcher(text).matches()) {
            throw new RouteValues.Unusable(RouteProblem.quoted(text) + " is not a mode", "write such as \"0640\"");
        }
        Map<Character, String> bits =
                Map.of('0', "---", '1', "--x", '2', "-w-", '3', "-wx", '4', "r--", '5', "r-x", '6', "rw-", '7', "rwx");
        StringBuilder words = new StringBuilder();
        text.substring(text.length() - 3).chars().forEach(digit -> words.append(bits.get((char) digit)));
        return words(words.toString());
    }

    private static Set<PosixFilePermission> words(String words) {
        return PosixFilePermissions.fromString(words);
    }
}
