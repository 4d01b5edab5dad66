package org.waybill.cli.crypt;

import java.io.IOException;
import java.io.InputStream;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.crypt.key.Password;
import org.waybill.cli.crypt.key.SecretKeys;
import org.waybill.cli.crypt.key.Signers;
import org.waybill.cli.crypt.stream.Source;
import org.waybill.format.DataFormat;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.openpgp.OpenPgpInputStream;
import org.waybill.format.openpgp.OpenPgpLimits;
import org.waybill.format.openpgp.OpenPgpSigners;
import picocli.CommandLine.Mixin;

/** Opens one encrypted file, whatever its format, with the keys and passwords that the options name. */
final class Decryption {

    @Mixin
    private SecretKeys keys = new SecretKeys();

    @Mixin
    private Password password = new Password();

    @Mixin
    private Signers signers = new Signers();

    /** @throws CommandFailedException if what is named can never be meant */
    void requirePossible() {
        password.requirePossibleBits();
    }

    boolean isSignerNamed() {
        return signers.areNamed();
    }

    /**
     * The plaintext; keys and passwords are gone already.
     *
     * @param format as {@link #known} has it
     * @throws CommandFailedException if the plaintext cannot be had with what is named
     */
    InputStream open(InputStream encrypted, DataFormat format, Source source) throws IOException {
        if (signers.areNamed() && format != DataFormat.OPENPGP) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "only OpenPGP messages are signed, and " + source.name() + " is " + Inspection.label(format)
                            + "; leave --signer out");
        }
        return switch (format) {
            case CRYPT4GH -> keys.openCrypt4gh(secretKeys -> new Crypt4ghInputStream(encrypted, secretKeys));
            case EGA_AES -> {
                try (EgaAesKey key = password.egaAesKey()) {
                    yield new EgaAesInputStream(encrypted, key);
                }
            }
            case OPENPGP -> {
                OpenPgpSigners trusted = signers.read();
                yield keys.openOpenPgp(
                        password, ours -> new OpenPgpInputStream(encrypted, ours, OpenPgpLimits.USUAL, trusted));
            }
            case PLAIN ->
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        source.name() + ": expected Crypt4GH, OpenPGP, or a name that ends in .cip, and found none of"
                                + " them");
        };
    }

    /** Standard input has no name that could tell EGA AES, so that the password does. */
    DataFormat known(DataFormat format, Source source) {
        boolean passwordTells = source.isStandardInput() && format == DataFormat.PLAIN && password.isNamed();
        return passwordTells ? DataFormat.EGA_AES : format;
    }
}
