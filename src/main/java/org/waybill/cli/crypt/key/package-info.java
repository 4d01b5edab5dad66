/**
 * The options that name keys and passwords, of the commands that work on one file: paths of key files and references to
 * secrets in; keys, which are destroyed after use, out.
 *
 * <ol>
 *   <li>{@link org.waybill.cli.crypt.key.Secrets}: a secret stands behind {@code env:NAME} or {@code file:PATH}. If it stands
 *       on the command line itself, the command is refused and nothing of it is printed.
 *   <li>{@link org.waybill.cli.crypt.key.SecretKeys}, {@link org.waybill.cli.crypt.key.Recipients}, {@link
 *       org.waybill.cli.crypt.key.Signers} and {@link org.waybill.cli.crypt.key.Password}: if none is named where one is
 *       needed: exit code 2. If one cannot be used: exit code 1, and what to do.
 *   <li>Keys and passwords are used, and destroyed, whatever comes of it.
 * </ol>
 *
 * <p>Not guaranteed: that a key belongs to whom its file's name says.
 */
@NullMarked
package org.waybill.cli.crypt.key;

import org.jspecify.annotations.NullMarked;
