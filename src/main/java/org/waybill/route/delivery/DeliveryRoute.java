package org.waybill.route.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.SecretReference;
import org.waybill.route.yaml.YamlSection;

/**
 * Who gets the archived files, in which form, by which way and under which name.
 *
 * @param keys secret keys that open the archive; empty if all recipients get files as they stand there
 * @param passphrase of the keys, if they are locked
 * @param name what delivered files are called
 * @param overdue how long after delivery an acknowledgement is overdue; empty: none is awaited
 * @param zone of days in names and of hours of bandwidths
 * @param channels by their names
 * @param recipients that stand in the route itself
 * @param folderMap of further recipients; read anew for each run
 * @param ofMap what the folder map does not say of its recipients
 * @param rules who gets what
 */
public record DeliveryRoute(
        List<Path> keys,
        Optional<SecretReference> passphrase,
        PlacedName name,
        Optional<Duration> overdue,
        ZoneId zone,
        Map<String, DeliveryChannel> channels,
        List<Recipient> recipients,
        Optional<Path> folderMap,
        Recipient ofMap,
        List<AddressRule> rules) {

    private static final Map<String, DeliveryForm> FORMS = Map.of(
            "plain", DeliveryForm.PLAIN,
            "recipient-key", DeliveryForm.RECIPIENT_KEY,
            "archived", DeliveryForm.ARCHIVED);

    public DeliveryRoute {
        keys = List.copyOf(keys);
        channels = Map.copyOf(channels);
        recipients = List.copyOf(recipients);
        rules = List.copyOf(rules);
    }

    /**
     * Who gets what, with the recipients of the folder map as it is now.
     *
     * @throws IOException if the map cannot be used; the message names its line and the cure
     */
    public Addressing addressing() throws IOException {
        List<Recipient> all = new ArrayList<>(recipients);
        if (folderMap.isPresent()) {
            for (Recipient mapped : FolderMap.read(folderMap.get(), ofMap)) {
                if (recipients.stream().anyMatch(known -> known.name().equals(mapped.name()))) {
                    throw new IOException(folderMap.get() + ": " + mapped.name()
                            + " is a recipient of the route already; keep one of them");
                }
                all.add(mapped);
            }
        }
        Set<String> names = new TreeSet<>(all.stream().map(Recipient::name).toList());
        for (AddressRule rule : rules) {
            for (String to : rule.to()) {
                if (!names.contains(to)) {
                    throw new IOException("rule " + rule.name() + ": there is no recipient " + to + "; "
                            + RouteValues.instead(to, names));
                }
            }
        }
        return new Addressing(rules, all);
    }

    public DeliveryChannel channel(Recipient recipient) {
        DeliveryChannel channel = channels.get(recipient.channel());
        if (channel == null) {
            throw new IllegalStateException("no channel " + recipient.channel());
        }
        return channel;
    }

    /** Whether files must be opened for some recipient. */
    public boolean opensArchive() {
        return recipients.stream().anyMatch(recipient -> recipient.form() != DeliveryForm.ARCHIVED)
                || (folderMap.isPresent() && ofMap.form() != DeliveryForm.ARCHIVED);
    }

    public static DeliveryRoute from(YamlSection delivery, Path home) {
        ZoneId zone = delivery.value("zone", RouteValues::zone).orElse(ZoneId.of("UTC"));
        Map<String, DeliveryChannel> channels = new LinkedHashMap<>();
        delivery.named("channels")
                .forEach((name, section) -> channels.put(name, ChannelSection.from(name, section, home)));
        if (!delivery.has("channels")) {
            delivery.refuse("channels", "is missing", "write a channel with a folder, or with sftp, below it");
        }
        Recipient common = recipient("all", delivery, channels, Optional.empty(), home, zone);
        List<Recipient> recipients = new ArrayList<>();
        delivery.named("recipients")
                .forEach((name, section) ->
                        recipients.add(recipient(name, section, channels, Optional.of(common), home, zone)));
        Optional<Path> map = delivery.value("folder-map", RouteValues.pathIn(home));
        if (recipients.isEmpty() && map.isEmpty() && !delivery.has("recipients")) {
            delivery.refuse("recipients", "is missing", "write who gets files, or the path of a folder-map");
        }
        List<AddressRule> rules =
                delivery.sections("rules").stream().map(AddressRule::from).toList();
        if (rules.isEmpty() && !delivery.has("rules")) {
            delivery.refuse("rules", "is missing", "write which files go to whom");
        }
        DeliveryRoute route = new DeliveryRoute(
                delivery.list("keys", RouteValues.pathIn(home)).orElse(List.of()),
                delivery.value("passphrase", RouteValues.secretIn(home)),
                delivery.value("name", PlacedName::read).orElse(PlacedName.SAME),
                delivery.value("overdue", RouteValues::duration),
                zone,
                channels,
                recipients,
                map,
                common,
                rules);
        if (route.opensArchive() && route.keys().isEmpty()) {
            delivery.refuse(
                    "keys",
                    "is missing, and files must be opened for their recipients",
                    "write the secret key of one of processing.encrypt.recipients, or form: archived");
        }
        return route;
    }

    /** @param common what the route says of all recipients; empty while it is being read */
    private static Recipient recipient(
            String name,
            YamlSection section,
            Map<String, DeliveryChannel> channels,
            Optional<Recipient> common,
            Path home,
            ZoneId zone) {
        String usable = name;
        if (!Recipient.NAME.matcher(name).matches()) {
            section.refuse("", "is not a name for a recipient", "write letters, digits, dots, dashes, underscores");
            usable = "recipient";
        }
        DeliveryForm form = section.value("form", RouteValues.word(FORMS))
                .orElse(common.map(Recipient::form).orElse(DeliveryForm.ARCHIVED));
        Optional<Path> key = section.value("key", RouteValues.pathIn(home));
        if (form == DeliveryForm.RECIPIENT_KEY && key.isEmpty() && common.isPresent()) {
            section.refuse(
                    "key", "is missing, and files are encrypted for it", "write the path of its Crypt4GH public key");
        }
        Bandwidth bandwidth = Bandwidth.from(section, zone);
        if (common.isEmpty()) {
            return new Recipient(
                    usable,
                    "",
                    "",
                    Set.of(),
                    channel(
                            section,
                            channels,
                            channels.keySet().stream().findFirst().orElse("")),
                    form,
                    key,
                    bandwidth);
        }
        return new Recipient(
                usable,
                section.value("label", String::strip).orElse(""),
                section.value("folder", Recipient::folder).orElse(name),
                Set.copyOf(section.list("tags", text -> text).orElse(List.of())),
                channel(section, channels, common.get().channel()),
                form,
                key,
                bandwidth.limits().isEmpty() ? common.get().bandwidth() : bandwidth);
    }

    private static String channel(YamlSection section, Map<String, DeliveryChannel> channels, String usual) {
        if (!section.has("channel") && channels.size() > 1 && section.has("folder")) {
            section.refuse("channel", "is missing, and there are several", "write the name of one of them");
        }
        return section.value("channel", text -> {
                    if (!channels.containsKey(text)) {
                        throw new RouteValues.Unusable(
                                RouteProblem.quoted(text) + " is not a channel of this route",
                                RouteValues.instead(text, channels.keySet()));
                    }
                    return text;
                })
                .orElse(usual);
    }
}
