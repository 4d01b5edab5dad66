/**
 * Each step of processing by hand, on one file: keys, files and what the person expects of them in; files and their
 * checksums out. No home, no ledger and no database is needed.
 *
 * <ol>
 *   <li>The arguments are looked at. A secret stands behind {@code env:NAME} or {@code file:PATH}; if it stands on the
 *       command line itself, the command is refused and nothing of it is printed.
 *   <li>Keys are read, used and destroyed. If one cannot be used: exit code 1, and what to do.
 *   <li>{@link org.waybill.cli.crypt.stream} reads and writes. After every failure the output does not exist.
 *   <li>Size and checksums of both sides are printed, and compared with what was expected. If they differ: exit code 1, and
 *       no output.
 * </ol>
 *
 * <p>Not guaranteed, where nothing was expected: that a decrypted file is whole. Neither format shows it, and the person is
 * told so.
 */
@NullMarked
package org.waybill.cli.crypt;

import org.jspecify.annotations.NullMarked;
