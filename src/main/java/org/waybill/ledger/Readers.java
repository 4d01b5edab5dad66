package org.waybill.ledger;

import java.util.Collection;
import java.util.List;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;

/**
 * For whom a file of the archive is encrypted.
 *
 * @param keys public keys in base64, each once, sorted: equal for equal readers
 */
public record Readers(List<String> keys) {

    public Readers {
        keys = keys.stream().distinct().sorted().toList();
    }

    public static Readers of(Collection<Crypt4ghPublicKey> keys) {
        return new Readers(keys.stream().map(Crypt4ghPublicKey::toString).toList());
    }

    /** The keys as a query parameter. */
    public String[] array() {
        return keys.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return String.join(", ", keys);
    }
}
