/**
 * Each step of processing by hand, on one file: keys, files and what the person expects of them in; files and their
 * checksums out. No home, no ledger and no database is needed.
 *
 * <ol>
 *   <li>{@link org.waybill.cli.crypt.key} has the options that name keys and passwords, and what they stand for. If one is
 *       missing, of no use here, or cannot be used: exit code 2 or 1, and what to do.
 *   <li>{@link org.waybill.cli.crypt.stream} reads and writes. After every failure the output does not exist.
 *   <li>{@link org.waybill.cli.crypt.Decryption} opens whatever format it is. If no key fits, the message names those that
 *       were tried and, where the format has it, those that the file is for.
 *   <li>What is read and written flows past {@link org.waybill.cli.crypt.stream.Taps}, on whose threads it is hashed and
 *       written.
 *   <li>Size and checksums of both sides are printed, and compared with what was expected. If they differ: exit code 1, and
 *       no output. The same for a signature that is bad.
 * </ol>
 *
 * <p>Not guaranteed, where nothing was expected: that a decrypted file is whole. Neither Crypt4GH nor EGA AES shows it, and
 * the person is told so; OpenPGP does. That an OpenPGP message is from somebody, unless its signature is told to be good.
 */
@NullMarked
package org.waybill.cli.crypt;

import org.jspecify.annotations.NullMarked;
