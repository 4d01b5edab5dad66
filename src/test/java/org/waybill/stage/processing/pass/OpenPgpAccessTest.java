package org.waybill.stage.processing.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.waybill.format.openpgp.OpenPgpKeys;
import org.waybill.format.openpgp.OpenPgpSigners;
import org.waybill.format.openpgp.SignatureOutcome;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.route.ProcessingRoute.OpenPgp;

class OpenPgpAccessTest {

    private static final SignatureOutcome NONE = new SignatureOutcome.None();
    private static final SignatureOutcome STRANGER = new SignatureOutcome.Unverified("0123456789ABCDEF");
    private static final SignatureOutcome GOOD = new SignatureOutcome.Good("A".repeat(40));
    private static final SignatureOutcome BAD = new SignatureOutcome.Bad("0123456789ABCDEF");

    @Test
    void recordsWhoSigned() throws Exception {
        OpenPgpAccess access = access(false);
        assertThat(access.judge(NONE)).isNull();
        assertThat(access.judge(STRANGER)).isEqualTo("signed by 0123456789ABCDEF, not verified");
        assertThat(access.judge(GOOD)).isEqualTo("signed by " + "A".repeat(40));
    }

    @Test
    void refusesAWrongSignatureAlways() throws IOException {
        for (boolean required : new boolean[] {false, true}) {
            assertRefused(access(required), BAD, Reason.SIGNATURE_WRONG);
        }
    }

    @Test
    void refusesWhatNobodyTrustedHasSignedIfTheRouteSaysSo() throws Exception {
        OpenPgpAccess access = access(true);
        assertRefused(access, NONE, Reason.SENDER_NOT_TRUSTED);
        assertRefused(access, STRANGER, Reason.SENDER_NOT_TRUSTED);
        assertThat(access.judge(GOOD)).isNotNull();
    }

    private static void assertRefused(OpenPgpAccess access, SignatureOutcome signature, Reason reason) {
        assertThatThrownBy(() -> access.judge(signature))
                .isInstanceOfSatisfying(FileRejectedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    private static OpenPgpAccess access(boolean requiresSignature) throws IOException {
        OpenPgp terms = new OpenPgp(
                List.of(), Optional.empty(), Optional.empty(), List.of(Path.of("signer")), requiresSignature, 1, 1);
        return new OpenPgpAccess(OpenPgpKeys.open(List.of(), null, List.of()), OpenPgpSigners.NONE, terms);
    }
}
