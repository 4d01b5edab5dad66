/**
 * Acknowledgement: access logs in, receipts out.
 *
 * <ol>
 *   <li>Acknowledgements that recipients wrote are compared with what was placed, recorded, and then moved away from them. One with
 *       another SHA-256 is no receipt, and seen.
 *   <li>The files of each log are looked at, the oldest first. A file is a log that was read before if it begins like it,
 *       whatever it is called now and whether it was compressed; else it is a new log. If the folder cannot be read, or has none
 *       of its files any more, the run fails and nothing is taken for lost.
 *   <li>Complete lines behind the position are read, a piece at a time. If the file is cut meanwhile (copytruncate), what was
 *       read last is thrown away; the copy has it. If it is shorter than the position, or broken, it is left; the log may be whole
 *       in another file.
 *   <li>Each line is a fact, ignored by a rule, or unparseable. A piece is recorded in one transaction with the position behind
 *       it, which moves only from where the piece began, and with the receipts that follow. If the run dies, the next one reads
 *       the piece again, of which nothing is recorded.
 *   <li>A log that no file has any more is lost, and the gap recorded, unless it was read to its end: as a compressed file, or while
 *       a later log had lines already. So is one whose compressed file has been damaged for an hour.
 * </ol>
 *
 * <p>A run counts lines and acknowledgements: found; done are facts and receipts; skipped are lines that a rule ignores;
 * quarantined are unparseable lines and acknowledgements that acknowledge nothing. Bytes are those of logs, uncompressed.
 *
 * <p>Not guaranteed: that a log is noticed which came and went between two runs; that two logs which begin with the same bytes
 * are told apart while neither is longer than these.
 */
@NullMarked
package org.waybill.stage.acknowledgement;

import org.jspecify.annotations.NullMarked;
