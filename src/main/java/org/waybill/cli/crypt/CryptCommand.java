package org.waybill.cli.crypt;

import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import picocli.CommandLine.Command;

/** The steps of processing by hand. */
@Command(
        name = "crypt",
        description = "Makes keys, and encrypts, decrypts or looks into one file. It needs no home and no database.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeygenCommand.class,
            EncryptCommand.class,
            DecryptCommand.class,
            RewrapCommand.class,
            InspectCommand.class
        })
public final class CryptCommand implements Subcommand {

    @Override
    public ExitCode run(Session session) {
        throw new CommandFailedException(
                ExitCode.WRONG_USAGE,
                "name what to do: crypt keygen, encrypt, decrypt, rewrap or inspect; see waybill crypt --help");
    }
}
