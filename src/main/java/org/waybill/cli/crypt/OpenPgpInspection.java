package org.waybill.cli.crypt;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.crypt.stream.OpenPgpHeader;

/**
 * What an OpenPGP message says of itself before its encrypted data. Its shape is an interface.
 *
 * @param passwords how many passwords open it
 * @param unknown how many more can open it, in a form that is not known here
 * @param integrityProtection {@code mdc}, {@code aead}, {@code aead-draft}, or {@code none}, and then it is not decrypted
 * @param cipher such as {@code aes-256}; null where it is not told in the open
 * @param opened whether keys were named, and open it
 */
record OpenPgpInspection(
        boolean armoured,
        List<OpenPgpHeader.Recipient> recipients,
        int passwords,
        int unknown,
        String integrityProtection,
        @Nullable String cipher,
        boolean opened) {

    static OpenPgpInspection of(OpenPgpHeader header, boolean opened) {
        return new OpenPgpInspection(
                header.isArmoured(),
                header.recipients(),
                header.passwords(),
                header.unknown(),
                header.protection().map(OpenPgpInspection::label).orElse("none"),
                header.cipher().map(OpenPgpInspection::label).orElse(null),
                opened);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. @param lines takes a label and what it labels */
    void tell(BiConsumer<String, String> lines) {
        lines.accept("armour", armoured ? "yes" : "no");
        for (OpenPgpHeader.Recipient recipient : recipients) {
            String key = recipient.keyId() == null ? "a hidden key" : "key " + recipient.keyId();
            lines.accept("for", key + " (" + recipient.algorithm() + ")");
        }
        if (passwords > 0) {
            lines.accept("for", passwords == 1 ? "a password" : passwords + " passwords");
        }
        if (unknown > 0) {
            lines.accept("for", unknown + " in an unknown form");
        }
        lines.accept(
                "protection",
                switch (integrityProtection) {
                    case "none" -> "none: a change could not be noticed, so that it is not decrypted";
                    case "mdc" -> "MDC (SHA-1 over the whole, checked at the end)";
                    default -> integrityProtection.toUpperCase(Locale.ROOT) + " (authenticated chunks)";
                });
        lines.accept("cipher", cipher == null ? "not told in the open" : cipher);
        if (opened) {
            lines.accept("opened", "yes, by the keys that were named");
        }
    }
}
