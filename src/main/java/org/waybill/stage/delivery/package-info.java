/**
 * Delivery: archived files in, files in their recipients' hands out, once for each recipient and version.
 *
 * <ol>
 *   <li>For each archived file nobody has decided on, the rules of the route are asked who gets it. If none fits, or if they
 *       disagree, the file goes to quarantine; nothing of it is sent. Else one delivery for each recipient is recorded, with
 *       the name that it will have there.
 *   <li>A delivery that a later version of its file would replace at once is not sent; one whose place another file or
 *       recipient has, is held.
 *   <li>What is to be sent is cut into a part for each recipient, and the cut is recorded: who cannot be reached holds up no
 *       other. If a network fails twice more, the part fails; the run can be restarted, and goes on inside the file.
 *   <li>The bytes are made on the way: as archived, under a header for the recipient, or decrypted in memory. The last of
 *       them leave only if they, or the archived file, have proved to be what the ledger says; else the delivery is held.
 *   <li>They are placed under a temporary name, compared there, and get their name when the ownership is confirmed. What
 *       stands there already and is the same counts as placed; what is not ours is never replaced: the delivery is held.
 *   <li>What came of a batch is recorded in one transaction that confirms the ownership last. If the run dies before that,
 *       the next one finds the same bytes in place, and records them.
 * </ol>
 *
 * <p>Not guaranteed: that a recipient has read what was placed. That is for the stage acknowledgement to prove.
 */
@NullMarked
package org.waybill.stage.delivery;

import org.jspecify.annotations.NullMarked;
