package org.waybill.stage.processing.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.waybill.format.openpgp.OpenPgpKey;

class WeakKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    private static final String ID = "0123456789ABCDEF";

    @Test
    void nothingSpeaksAgainstAStrongKey() {
        assertThat(WeakKey.remarks(key("RSA", 3072, null, false, true), NOW)).isEmpty();
        assertThat(WeakKey.remarks(key("ECDH", 256, NOW.plus(Duration.ofDays(1)), false, true), NOW))
                .isEmpty();
    }

    @Test
    void tellsWhatSpeaksAgainstAKey() {
        assertThat(WeakKey.remarks(key("RSA", 2048, NOW, true, false), NOW))
                .satisfiesExactly(
                        remark -> assertThat(remark).contains(ID, "weak", "2048", "3072"),
                        remark -> assertThat(remark).contains(ID, "expired", NOW.toString()),
                        remark -> assertThat(remark).contains(ID, "revoked"),
                        remark -> assertThat(remark).contains(ID, "no secret part"));
    }

    private static OpenPgpKey key(
            String algorithm,
            int bits,
            @org.jspecify.annotations.Nullable Instant expires,
            boolean revoked,
            boolean present) {
        return new OpenPgpKey(ID, "F".repeat(40), algorithm, bits, Optional.ofNullable(expires), revoked, present);
    }
}
