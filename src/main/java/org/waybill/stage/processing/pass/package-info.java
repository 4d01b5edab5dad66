/**
 * The one pass over a file: its received bytes in, its verified and re-encrypted bytes out, plaintext in memory only.
 *
 * <ol>
 *   <li>The file is opened, links not followed, and its format recognised. If the route does not read it, it is refused.
 *   <li>Buffer by buffer it is read, hashed, decrypted, hashed, encrypted, hashed and written; of a large file, hashing and
 *       writing are done on lanes of their own beside the rest. If the bytes are damaged, or
 *       the file changes meanwhile, it is refused; if the disk fails, that is an {@link java.io.IOException} and nothing is
 *       left behind.
 *   <li>Where the route has a format go through RES, the file is read and hashed here, and then asked for there. Its length is
 *       known: if the service cannot be had, breaks off, or sends less or more, that is an {@link java.io.IOException}, and
 *       the service is not asked again for what it refused. What it encrypted is decrypted with the key of the archive, and
 *       hashed, while it is written.
 *   <li>All that was declared is compared. If anything differs, it is refused.
 *   <li>What the route checks of contents is checked, of the whole plaintext in memory. If it is not met, the file is refused.
 *   <li>The result is forced to disk. When all of a batch are, they get their names and their folder is forced. If the disk
 *       fails one, it is made anew by itself.
 * </ol>
 *
 * <p>Knows no Spring and no database. Not guaranteed: that a file of which nothing was declared is whole; which of them is
 * to blame, the file, the password or RES, where the content of a {@code .cip} has another checksum than was declared. The
 * file goes to quarantine then.
 */
@NullMarked
package org.waybill.stage.processing.pass;

import org.jspecify.annotations.NullMarked;
