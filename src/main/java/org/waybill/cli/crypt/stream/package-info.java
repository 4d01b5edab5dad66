/**
 * Where a command that works on one file reads and writes: a file by its name, or standard input and output as {@code -}.
 *
 * <ol>
 *   <li>{@link org.waybill.cli.crypt.stream.Destination}: if there is a file of that name already, nothing is read.
 *   <li>{@link org.waybill.cli.crypt.stream.Source}: the input is opened and its format recognised, that of a binary
 *       OpenPGP message by {@link org.waybill.cli.crypt.stream.OpenPgpHeader}. If it is not there, or its bytes are bad,
 *       the person is told with its name.
 *   <li>{@link org.waybill.cli.crypt.stream.NewFile}: the output is written under a name of its own beside the one it shall
 *       get, mode 0600, and of a large file beside the thread that makes the bytes: {@link
 *       org.waybill.cli.crypt.stream.Taps}. If anything fails, or the program is asked to stop, it is thrown away.
 *   <li>It is forced to disk, and only then gets its name. If that was taken meanwhile, nothing is replaced.
 * </ol>
 *
 * <p>Not guaranteed: anything of standard output, which has some of what came before a failure; the exit code tells. A program that
 * is killed at once ({@code kill -9}) leaves a hidden file {@code .waybill-….unpublished} behind.
 */
@NullMarked
package org.waybill.cli.crypt.stream;

import org.jspecify.annotations.NullMarked;
