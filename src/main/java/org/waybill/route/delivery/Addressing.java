package org.waybill.route.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waybill.route.delivery.AddressRule.Subject;

/** Decides who gets a file. All rules are asked: if two of them disagree, nobody gets it until a person has looked. */
public final class Addressing {

    private final List<AddressRule> rules;
    private final Map<String, Recipient> recipients = new LinkedHashMap<>();

    Addressing(List<AddressRule> rules, List<Recipient> recipients) {
        this.rules = List.copyOf(rules);
        recipients.forEach(recipient -> this.recipients.put(recipient.name(), recipient));
    }

    public List<Recipient> recipients() {
        return List.copyOf(recipients.values());
    }

    public Optional<Recipient> named(String name) {
        return Optional.ofNullable(recipients.get(name));
    }

    /** Who gets a file. */
    public sealed interface Decision {}

    /** @param why names of the rules, and the tags that they found */
    public record Addressed(List<Recipient> recipients, String why) implements Decision {}

    /** @param detail what was expected and what was found */
    public record Unknown(String detail) implements Decision {}

    /** @param detail what was expected and what was found */
    public record Ambiguous(String detail) implements Decision {}

    private record Match(AddressRule rule, String tag, List<Recipient> recipients) {

        String why() {
            return rule.name() + (tag.isEmpty() ? "" : ", tag " + tag);
        }

        String names() {
            return recipients.stream().map(Recipient::name).collect(Collectors.joining(", "));
        }
    }

    public Decision decide(Subject file) {
        List<Match> matches = new ArrayList<>();
        for (AddressRule rule : rules) {
            rule.match(file).ifPresent(tag -> matches.add(new Match(rule, tag, of(rule, tag))));
        }
        if (matches.isEmpty()) {
            return new Unknown("expected a rule that fits, found none of " + rules.size());
        }
        for (Match match : matches) {
            if (match.recipients().isEmpty()) {
                return new Unknown("expected a recipient, found none for rule " + match.why());
            }
            if (match.rule().to().isEmpty() && match.recipients().size() > 1) {
                return new Ambiguous("expected one recipient for rule " + match.why() + ", found " + match.names());
            }
        }
        Match first = matches.get(0);
        for (Match other : matches) {
            if (!other.names().equals(first.names())) {
                return new Ambiguous("expected rules to agree, found " + first.names() + " by rule " + first.why()
                        + " and " + other.names() + " by rule " + other.why());
            }
        }
        return new Addressed(first.recipients(), first.why());
    }

    private List<Recipient> of(AddressRule rule, String tag) {
        return recipients.values().stream()
                .filter(recipient -> rule.to().isEmpty()
                        ? recipient.hasTag(rule.label(), tag)
                        : rule.to().contains(recipient.name()))
                .toList();
    }
}
