/**
 * Processing: files that have ARRIVED in, files that are PROCESSED out: verified, and encrypted anew for their keeper.
 *
 * <ol>
 *   <li>What a run that died left in the working folders is set right from the ledger.
 *   <li>The arrived files are cut into parts of about the same size, and the cut is recorded. If this fails, nothing was
 *       begun; a restart finds the same parts.
 *   <li>Each part takes its files in small batches. Each file is read <em>once</em>: decrypt, hash the plaintext, encrypt,
 *       hash the ciphertext, write. Plaintext never leaves memory. If the world fails (disk, memory), the file is tried
 *       again, then the run fails and can be restarted.
 *   <li>Every declared size and checksum is compared. If one differs, if the format finds damage, or if the file changed
 *       while it was read, the result is thrown away and the file goes to quarantine with its reason; the others go on.
 *   <li>What the route checks of contents (names, types, the identifier in the text, a command) must be met; what cannot be
 *       judged is not. If it is not met, the same.
 *   <li>The result is forced to disk, linked to its name in the working folder, and recorded with its batch in one
 *       transaction that confirms the ownership last. If the run dies before that, the next one throws the result away.
 * </ol>
 *
 * <p>Not guaranteed: completeness of a Crypt4GH file of which neither size nor checksum was declared. It is taken, and
 * its completeness is recorded as UNPROVEN.
 */
@NullMarked
package org.waybill.stage.processing;

import org.jspecify.annotations.NullMarked;
