/**
 * A partner's SFTP server: files put there, proven and named; logs read from there.
 *
 * <p>In: an {@link org.waybill.remote.sftp.Upload}. Out: a {@link org.waybill.remote.sftp.Delivered}. A file is put thus:
 *
 * <ol>
 *   <li>If the name is taken: the same content is a delivery that was done before; other content is refused, unless it is to be
 *       replaced and the server can do so in one step.
 *   <li>{@code .NAME.TOKEN.part} is created in the same folder, for nobody else if a mode is asked for. If it is there from an earlier
 *       try, it is read and compared; sending goes on where it first differs from the content.
 *   <li>The rest is sent, pipelined, while it is hashed. Content that is shorter, longer or other than it was said to be: failure, no
 *       name. If the server cannot hash it afterwards, what it has confirmed is read back meanwhile and compared.
 *   <li>Mode and times are set, the file is forced to the server's disk where it can (fsync@openssh.com).
 *   <li>The server must say the right size, and what it has must be what was sent: by its own SHA-256, or by what was read back.
 *       Otherwise: failure, no name. The part stays, and is mended by the next try.
 *   <li>It gets its name: by posix-rename@openssh.com if it may replace another, else by a rename that refuses a taken name. Never is
 *       a file removed to make place.
 *   <li>The server must say the right size for the name too.
 * </ol>
 * Small files can go together, each step for all of them at once; one that finds anything in its way is left to go alone.
 *
 * <p>Not guaranteed: that a server tells the truth when it gives back what it never wrote to its disk; that its folder is forced; that
 * its people do not remove or change the file afterwards. Each try reads again what the earlier one left, over the same line.
 */
@NullMarked
package org.waybill.remote.sftp;

import org.jspecify.annotations.NullMarked;
