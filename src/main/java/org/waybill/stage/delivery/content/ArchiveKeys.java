package org.waybill.stage.delivery.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.route.Route;
import org.waybill.route.delivery.Addressing;
import org.waybill.route.delivery.DeliveryForm;
import org.waybill.route.delivery.DeliveryRoute;
import org.waybill.route.delivery.Recipient;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;

/** The keys of a delivery: secret ones that open the archive, and those of recipients. Read once for a run, destroyed after it. */
public final class ArchiveKeys implements AutoCloseable {

    private final Route route;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final List<Crypt4ghSecretKey> secret = new ArrayList<>();
    private final Map<String, Crypt4ghPublicKey> ofRecipients = new LinkedHashMap<>();

    private ArchiveKeys(Route route) {
        this.route = route;
    }

    /** @throws InvalidRouteException if one of the keys cannot be used */
    public static ArchiveKeys open(Route route, Addressing addressing) {
        ArchiveKeys keys = new ArchiveKeys(route);
        keys.read(addressing);
        if (!keys.problems.isEmpty()) {
            keys.close();
            throw new InvalidRouteException(keys.problems);
        }
        return keys;
    }

    /** Which of the keys cannot be used, and why. */
    public static List<RouteProblem> check(Route route, Addressing addressing) {
        try (ArchiveKeys keys = new ArchiveKeys(route)) {
            keys.read(addressing);
            return List.copyOf(keys.problems);
        }
    }

    /** The keys that open the archive; empty if nothing needs to be opened. */
    List<Crypt4ghSecretKey> secret() {
        return secret;
    }

    /** The public key of a recipient who gets files under a header of its own. */
    Crypt4ghPublicKey of(String recipient) {
        Crypt4ghPublicKey key = ofRecipients.get(recipient);
        if (key == null) {
            throw new IllegalStateException("no key of recipient " + recipient);
        }
        return key;
    }

    private void read(Addressing addressing) {
        DeliveryRoute delivery = route.delivery().orElseThrow();
        if (delivery.opensArchive()) {
            readSecret(delivery);
        }
        for (Recipient recipient : addressing.recipients()) {
            if (recipient.form() == DeliveryForm.RECIPIENT_KEY) {
                recipient
                        .key()
                        .ifPresentOrElse(
                                file -> attempt(
                                        "delivery.recipients." + recipient.name() + ".key",
                                        () -> ofRecipients.put(recipient.name(), KeyFileReader.readPublic(file))),
                                () -> problem(
                                        "delivery.recipients",
                                        "has no key for " + recipient.name(),
                                        "write the path of its Crypt4GH public key"));
            }
        }
    }

    private void readSecret(DeliveryRoute delivery) {
        if (route.processing().encrypt().recipients().isEmpty()) {
            problem(
                    "delivery.form",
                    "needs an archive of Crypt4GH, and processing.encrypt writes .cip",
                    "write form: archived, or have files archived as crypt4gh");
        }
        char[] passphrase = passphrase(delivery);
        try {
            for (int i = 0; i < delivery.keys().size(); i++) {
                int number = i;
                attempt(
                        "delivery.keys[" + i + "]",
                        () -> secret.add(
                                KeyFileReader.readSecret(delivery.keys().get(number), passphrase)));
            }
        } finally {
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
    }

    private char @Nullable [] passphrase(DeliveryRoute delivery) {
        if (delivery.passphrase().isEmpty()) {
            return null;
        }
        try {
            return delivery.passphrase().get().resolve(System::getenv);
        } catch (IOException e) {
            problem(
                    "delivery.passphrase",
                    delivery.passphrase().get() + " gives no secret",
                    "see that it is set and readable");
            return null;
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    private void attempt(String key, Reading reading) {
        try {
            reading.read();
        } catch (KeyFileException e) {
            problem(key, String.valueOf(e.getMessage()), "mend the key, or its passphrase");
        } catch (IOException e) {
            problem(key, "the key file cannot be read", "see that it is there and readable");
        }
    }

    private void problem(String key, String wrong, String cure) {
        problems.add(RouteProblem.at(route.file(), key, wrong, cure));
    }

    @Override
    public void close() {
        secret.forEach(Crypt4ghSecretKey::close);
        secret.clear();
    }
}
