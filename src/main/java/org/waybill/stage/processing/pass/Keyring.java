package org.waybill.stage.processing.pass;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.openpgp.OpenPgpKeyException;
import org.waybill.format.openpgp.OpenPgpKeys;
import org.waybill.format.openpgp.OpenPgpSigners;
import org.waybill.remote.res.ResAddress;
import org.waybill.remote.res.ResClient;
import org.waybill.remote.res.ResFormat;
import org.waybill.remote.res.ResSide;
import org.waybill.route.ProcessingRoute;
import org.waybill.route.ProcessingRoute.Crypt4ghKeys;
import org.waybill.route.ProcessingRoute.EgaAesPassword;
import org.waybill.route.ProcessingRoute.OpenPgp;
import org.waybill.route.ProcessingRoute.Res;
import org.waybill.route.Route;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.SecretReference;
import org.waybill.stage.RouteFolders;
import org.waybill.storage.WorkingFolders;

/** The keys of a route: read once for a run, destroyed at its end. */
public final class Keyring implements AutoCloseable {

    private final Route route;
    private final List<RouteProblem> problems = new ArrayList<>();
    private final List<Crypt4ghSecretKey> secretKeys = new ArrayList<>();
    private final List<Crypt4ghPublicKey> senders = new ArrayList<>();
    private final List<Crypt4ghPublicKey> recipients = new ArrayList<>();
    private @Nullable OpenPgpAccess openPgp;
    private @Nullable EgaAesKey egaAesKey;
    private @Nullable EgaAesKey archiveKey;
    private @Nullable ResAccess res;

    private Keyring(Route route) {
        this.route = route;
    }

    /** @throws InvalidRouteException if a key of the route cannot be used */
    public static Keyring open(Route route) {
        Keyring keyring = new Keyring(route);
        keyring.read();
        if (!keyring.problems.isEmpty()) {
            keyring.close();
            throw new InvalidRouteException(keyring.problems);
        }
        return keyring;
    }

    /** Which keys of a route cannot be used, and why. */
    public static List<RouteProblem> check(Route route) {
        try (Keyring keyring = new Keyring(route)) {
            keyring.read();
            return List.copyOf(keyring.problems);
        }
    }

    /** What is worth knowing of a route's keys; nothing if one of them cannot be used, which {@link #check} tells. */
    public static List<String> remarks(Route route, Instant now) {
        try (Keyring keyring = new Keyring(route)) {
            keyring.read();
            Stream<String> keys = keyring.openPgp().stream()
                    .flatMap(access -> access.keys().keys().stream())
                    .flatMap(key -> WeakKey.remarks(key, now).stream());
            return Stream.concat(keys, keyring.res().stream().map(ResAccess::remark))
                    .toList();
        }
    }

    /** The secret keys that open arriving Crypt4GH files; empty if the route has none. */
    List<Crypt4ghSecretKey> secretKeys() {
        return secretKeys;
    }

    /** The public keys that arriving Crypt4GH files may be written with; empty: any. */
    List<Crypt4ghPublicKey> senders() {
        return senders;
    }

    /** What opens arriving OpenPGP messages. */
    Optional<OpenPgpAccess> openPgp() {
        return Optional.ofNullable(openPgp);
    }

    /** Whether a file that arrives as Crypt4GH keeps its body. */
    boolean rewraps() {
        return route.processing().encrypt().rewrap();
    }

    /** The key that opens arriving {@code .cip} files. */
    Optional<EgaAesKey> egaAesKey() {
        return Optional.ofNullable(egaAesKey);
    }

    /** The re-encryption service, if the route has files go through it. */
    Optional<ResAccess> res() {
        return Optional.ofNullable(res);
    }

    /** The key of archived files, if they are {@code .cip}; then there are no recipients. */
    Optional<EgaAesKey> archiveKey() {
        return Optional.ofNullable(archiveKey);
    }

    /** For whom archived files are encrypted. */
    public List<Crypt4ghPublicKey> recipients() {
        return recipients;
    }

    private void read() {
        ProcessingRoute processing = route.processing();
        processing.crypt4gh().ifPresent(this::readSecretKeys);
        processing.openPgp().ifPresent(this::readOpenPgp);
        processing.res().ifPresent(this::prepareService);
        processing
                .egaAes()
                .filter(here -> !here.throughRes())
                .ifPresent(here -> egaAesKey = derive("processing.decrypt.ega-aes.password", here));
        processing.encrypt().egaAes().ifPresent(archive -> archiveKey = derive("processing.encrypt.password", archive));
        readPublicKeys("processing.encrypt.recipients", processing.encrypt().recipients(), recipients);
    }

    private void readPublicKeys(String key, List<Path> files, List<Crypt4ghPublicKey> into) {
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            attempt(key + "[" + i + "]", () -> into.add(KeyFileReader.readPublic(file)));
        }
    }

    private void readSecretKeys(Crypt4ghKeys keys) {
        readPublicKeys("processing.decrypt.crypt4gh.senders", keys.senders(), senders);
        char[] passphrase = resolve("processing.decrypt.crypt4gh.passphrase", keys.passphrase());
        try {
            for (int i = 0; i < keys.keys().size(); i++) {
                Path file = keys.keys().get(i);
                attempt(
                        "processing.decrypt.crypt4gh.keys[" + i + "]",
                        () -> secretKeys.add(KeyFileReader.readSecret(file, passphrase)));
            }
        } finally {
            zero(passphrase);
        }
    }

    private void readOpenPgp(OpenPgp terms) {
        char[] passphrase = resolve("processing.decrypt.openpgp.passphrase", terms.passphrase());
        char[] password = resolve("processing.decrypt.openpgp.password", terms.password());
        try {
            attempt("processing.decrypt.openpgp.keys", () -> {
                OpenPgpKeys keys =
                        OpenPgpKeys.open(terms.keys(), passphrase, password == null ? List.of() : List.of(password));
                openPgp = new OpenPgpAccess(keys, OpenPgpSigners.NONE, terms);
            });
            attempt("processing.decrypt.openpgp.signers", () -> {
                OpenPgpSigners signers = OpenPgpSigners.read(terms.signers());
                openPgp = openPgp == null ? null : new OpenPgpAccess(openPgp.keys(), signers, terms);
            });
        } finally {
            zero(passphrase);
            zero(password);
        }
    }

    private @Nullable EgaAesKey derive(String key, EgaAesPassword egaAes) {
        char[] password = resolve(key, egaAes.password());
        try {
            return password == null ? null : EgaAesKey.derive(password, egaAes.bits());
        } finally {
            zero(password);
        }
    }

    private void prepareService(Res service) {
        WorkingFolders folders = RouteFolders.of(route);
        String incoming = service.incoming().orElse(folders.incoming().toString());
        String received =
                incoming.replaceFirst("/+$", "") + "/" + folders.incoming().relativize(folders.received());
        ProcessingRoute processing = route.processing();
        try {
            res = new ResAccess(
                    new ResClient(new ResAddress(service.url(), false)),
                    received,
                    side("processing.decrypt.ega-aes.password", processing.egaAes()),
                    side("processing.encrypt.password", processing.encrypt().egaAes()),
                    processing.acceptPlaintext());
        } catch (IllegalArgumentException e) {
            problems.add(RouteProblem.at(
                    route.file(),
                    "processing.res.url",
                    String.valueOf(e.getMessage()),
                    "write what stands before /file"));
        }
    }

    private @Nullable ResSide side(String key, Optional<EgaAesPassword> egaAes) {
        if (!egaAes.map(EgaAesPassword::throughRes).orElse(false)) {
            return null;
        }
        char[] password = resolve(key, egaAes.map(EgaAesPassword::password));
        try {
            ResFormat format = egaAes.get().bits() == 128 ? ResFormat.AES128 : ResFormat.AES256;
            return password == null ? null : ResSide.of(format, password);
        } finally {
            zero(password);
        }
    }

    private char @Nullable [] resolve(String key, Optional<SecretReference> reference) {
        return reference.map(there -> resolve(key, there)).orElse(null);
    }

    private char @Nullable [] resolve(String key, SecretReference reference) {
        try {
            return reference.resolve(System::getenv);
        } catch (IOException e) {
            problems.add(RouteProblem.at(
                    route.file(), key, reference + " gives no secret", "see that it is set and readable"));
            return null;
        }
    }

    private void attempt(String key, Reading reading) {
        try {
            reading.read();
        } catch (KeyFileException | OpenPgpKeyException e) {
            problems.add(RouteProblem.at(
                    route.file(), key, String.valueOf(e.getMessage()), "mend the key or its passphrase"));
        } catch (IOException e) {
            problems.add(RouteProblem.at(
                    route.file(), key, "the key file cannot be read", "see that it is there and readable"));
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static void zero(char @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }

    @Override
    public void close() {
        secretKeys.forEach(Crypt4ghSecretKey::close);
        if (openPgp != null) {
            openPgp.close();
        }
        egaAesKey().ifPresent(EgaAesKey::close);
        archiveKey().ifPresent(EgaAesKey::close);
        res().ifPresent(ResAccess::close);
    }
}
