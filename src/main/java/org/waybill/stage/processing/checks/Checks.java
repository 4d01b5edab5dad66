package org.waybill.stage.processing.checks;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.waybill.format.document.ContentType;
import org.waybill.format.document.Identifier;
import org.waybill.format.document.Identifier.Place;
import org.waybill.format.document.text.DocumentLimits;
import org.waybill.format.document.text.DocumentReader;
import org.waybill.format.document.text.UnreadableDocumentException;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.ledger.checked.Evidence;
import org.waybill.route.checks.ContentChecks;
import org.waybill.route.checks.NameRule;

/** Collects the plaintext of one file after the other, and judges it by the checks of the route. For one thread. */
public final class Checks {

    private final Optional<ContentChecks> route;
    private final Collected collected = new Collected();

    public Checks(Optional<ContentChecks> route) {
        this.route = route;
    }

    /** A pattern that fits a name. */
    private record Fit(NameRule rule, Matcher groups) {}

    /**
     * Takes the next bytes of the plaintext.
     *
     * @throws FileRejectedException if that makes it larger than the route allows
     */
    public void add(byte[] plain, int count) throws FileRejectedException {
        if (route.isEmpty()) {
            return;
        }
        long limit = route.get().maxSizeBytes();
        if (collected.count() + count > limit) {
            throw new FileRejectedException(
                    Reason.INFLATES_TOO_MUCH, "expected at most " + limit + " bytes of content, found more");
        }
        collected.add(plain, count);
    }

    /**
     * Judges what was collected, which is erased.
     *
     * @param meanwhile called while a command is waited for; may throw to end that
     * @return what was found; empty if the route has no checks
     * @throws FileRejectedException if a check is not met
     * @throws IOException if the command of the route cannot be started
     */
    public Optional<Evidence> judge(DataFile file, Runnable meanwhile) throws IOException, FileRejectedException {
        if (route.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = collected.take();
        try {
            return Optional.of(judge(route.get(), fileName(file), content, meanwhile));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Forgets what was collected. */
    public void erase() {
        collected.erase();
    }

    private static Evidence judge(ContentChecks checks, String fileName, byte[] content, Runnable meanwhile)
            throws IOException, FileRejectedException {
        Optional<Fit> fit = fit(checks, fileName);
        String type = ContentType.of(content);
        if (!checks.types().isEmpty() && !checks.types().contains(type)) {
            throw new FileRejectedException(
                    Reason.TYPE_NOT_ALLOWED, "expected " + String.join(" or ", checks.types()) + ", found " + type);
        }
        Place place = checks.identifierInText() ? place(checks, fit.orElseThrow(), content, type) : null;
        Integer exit =
                checks.command().isPresent() ? new Judgement(checks.command().get()).of(content, meanwhile) : null;
        return new Evidence(
                type,
                fit.map(found -> found.rule().name()).orElse(null),
                place == null ? null : place.page(),
                place == null ? null : place.position(),
                exit);
    }

    private static Optional<Fit> fit(ContentChecks checks, String fileName) throws FileRejectedException {
        for (NameRule rule : checks.names()) {
            Optional<Matcher> groups = rule.match(fileName);
            if (groups.isPresent()) {
                return Optional.of(new Fit(rule, groups.get()));
            }
        }
        if (checks.names().isEmpty()) {
            return Optional.empty();
        }
        throw new FileRejectedException(
                Reason.NAME_NOT_ALLOWED,
                "expected a name for "
                        + String.join(
                                " or ",
                                checks.names().stream().map(NameRule::name).toList())
                        + ", found another");
    }

    private static Place place(ContentChecks checks, Fit fit, byte[] content, String type)
            throws IOException, FileRejectedException {
        @Nullable String identifier = fit.groups().group(NameRule.IDENTIFIER);
        if (identifier == null || identifier.isBlank()) {
            throw new FileRejectedException(
                    Reason.NAME_NOT_ALLOWED,
                    "expected an identifier in the name, by pattern "
                            + fit.rule().name() + ", found none");
        }
        try {
            DocumentReader reader = new DocumentReader(DocumentLimits.USUAL, checks.charset());
            return new Identifier(identifier)
                    .in(reader.read(content, type))
                    .orElseThrow(() -> new FileRejectedException(
                            Reason.IDENTIFIER_NOT_IN_TEXT,
                            "expected the identifier of its name in the text of this " + type + ", found it nowhere"));
        } catch (UnreadableDocumentException e) {
            throw new FileRejectedException(Reason.UNREADABLE_DOCUMENT, String.valueOf(e.getMessage()));
        }
    }

    private static String fileName(DataFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }
}
