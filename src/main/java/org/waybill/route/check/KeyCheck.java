package org.waybill.route.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.route.ProcessingRoute;
import org.waybill.route.Route;
import org.waybill.route.acknowledgement.AcknowledgementRoute;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.route.delivery.DeliveryChannel;
import org.waybill.route.delivery.DeliveryRoute;
import org.waybill.route.yaml.SecretReference;
import org.waybill.route.yaml.SftpAccount;

/** Looks at the keys and secrets that a route names. */
final class KeyCheck {

    private static final String PUT_A_KEY_THERE =
            "put it there or correct the path; waybill crypt keygen makes a new pair";
    private static final String WRITE_A_SECRET = "write the secret into it, in one line, or correct the path";
    private static final String COMPARE_THE_HOST_KEY =
            "write into it what ssh-keyscan prints, after comparing the fingerprint with the server's owner";
    private static final String SET_THE_VARIABLE = "set it where Waybill is started";

    private final Function<String, @Nullable String> environment;
    private final Findings findings;

    KeyCheck(Function<String, @Nullable String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    void check(Route route) {
        ProcessingRoute processing = route.processing();
        processing.crypt4gh().ifPresent(crypt4gh -> {
            each("processing.decrypt.crypt4gh.keys", crypt4gh.keys(), this::secretKey);
            each("processing.decrypt.crypt4gh.senders", crypt4gh.senders(), this::publicKey);
            crypt4gh.passphrase().ifPresent(secret -> secret("processing.decrypt.crypt4gh.passphrase", secret));
        });
        processing.openPgp().ifPresent(openPgp -> {
            each("processing.decrypt.openpgp.keys", openPgp.keys(), this::secretKey);
            each("processing.decrypt.openpgp.signers", openPgp.signers(), this::publicKey);
            openPgp.passphrase().ifPresent(secret -> secret("processing.decrypt.openpgp.passphrase", secret));
            openPgp.password().ifPresent(secret -> secret("processing.decrypt.openpgp.password", secret));
        });
        processing.egaAes().ifPresent(egaAes -> secret("processing.decrypt.ega-aes.password", egaAes.password()));
        processing.encrypt().egaAes().ifPresent(egaAes -> secret("processing.encrypt.password", egaAes.password()));
        each("processing.encrypt.recipients", processing.encrypt().recipients(), this::publicKey);
        route.delivery().ifPresent(this::delivery);
        route.acknowledgement().ifPresent(this::acknowledgement);
        route.intake().egaApi().ifPresent(api -> {
            secret("intake.ega-api.username", api.username());
            secret("intake.ega-api.password", api.password());
        });
    }

    private void delivery(DeliveryRoute delivery) {
        each("delivery.keys", delivery.keys(), this::secretKey);
        delivery.passphrase().ifPresent(secret -> secret("delivery.passphrase", secret));
        delivery.recipients().forEach(recipient -> recipient
                .key()
                .ifPresent(key -> publicKey("delivery.recipients." + recipient.name() + ".key", key)));
        delivery.channels().values().forEach(channel -> {
            if (channel instanceof DeliveryChannel.Sftp sftp) {
                account("delivery.channels." + sftp.name() + ".sftp.", sftp.account());
            }
        });
    }

    private void acknowledgement(AcknowledgementRoute acknowledgement) {
        List<LogSource> logs = acknowledgement.logs();
        for (int i = 0; i < logs.size(); i++) {
            String section = "acknowledgement.logs[" + i + "].sftp.";
            logs.get(i).sftp().ifPresent(account -> account(section, account));
        }
    }

    private void account(String section, SftpAccount account) {
        secretKey(section + "key", account.key());
        account.passphrase().ifPresent(secret -> secret(section + "passphrase", secret));
        isReadable(section + "known-hosts", account.knownHosts(), COMPARE_THE_HOST_KEY);
    }

    private static void each(String key, List<Path> files, BiConsumer<String, Path> check) {
        for (int i = 0; i < files.size(); i++) {
            check.accept(key + "[" + i + "]", files.get(i));
        }
    }

    private void publicKey(String key, Path file) {
        isReadable(key, file, PUT_A_KEY_THERE);
    }

    private void secretKey(String key, Path file) {
        if (isReadable(key, file, PUT_A_KEY_THERE)) {
            isClosedToOthers(key, file);
        }
    }

    private void secret(String key, SecretReference reference) {
        boolean inFile = reference instanceof SecretReference.InFile;
        if (reference instanceof SecretReference.InFile secret
                && !(isReadable(key, secret.path(), WRITE_A_SECRET) && isClosedToOthers(key, secret.path()))) {
            return;
        }
        try {
            Arrays.fill(reference.resolve(environment), '\0');
        } catch (IOException e) {
            findings.note(key, String.valueOf(e.getMessage()), inFile ? WRITE_A_SECRET : SET_THE_VARIABLE);
        }
    }

    private boolean isReadable(String key, Path file, String cureIfMissing) {
        if (!Files.exists(file)) {
            findings.note(key, file + " does not exist", cureIfMissing);
        } else if (!Files.isRegularFile(file)) {
            findings.note(key, file + " is not a file", cureIfMissing);
        } else if (!Mode.of(file).isReadable()) {
            findings.note(key, file + " cannot be read (" + Mode.of(file) + ")", "chmod 600 " + file);
        } else if (!Files.isReadable(file)) {
            findings.note(key, file + " cannot be read by this user", "give it to the user who runs Waybill");
        } else {
            return true;
        }
        return false;
    }

    private boolean isClosedToOthers(String key, Path file) {
        Mode mode = Mode.of(file);
        if (mode.isOpenToOthers()) {
            findings.note(key, file + " is open to others (" + mode + ")", "chmod 600 " + file);
        }
        return !mode.isOpenToOthers();
    }
}
