/**
 * Rewrap: archived files in, the same files for other readers out. Only their headers change; the data keys and every byte of
 * the body stay. A stage beside the way: no file is moved, and the archive stage is kept out meanwhile.
 *
 * <ol>
 *   <li>What a run that died left in the working folder is swept, unless its change is still kept.
 *   <li>The files that the old key opens, or may open, are recorded as this launch's work, with those whose change was begun.
 *   <li>Each is read once, whole: the digest with the old header must be the ledger's, that with the new one is taken. Its
 *       check-sum files must hold what they should. If anything differs the file is left alone, with an event NOT_REWRAPPED.
 *       If the old key does not open it, that is recorded, and it needs the key no more.
 *   <li>The changes of a batch are kept in the ledger, committed. If the run dies from here on, the next one completes them,
 *       with whatever key it is given.
 *   <li>The new header is written over the old one and forced, and the time of last modification given back. If it has another
 *       length, or if the file has a name that is not ours (a backup's link), a new file is made in the working folder, read
 *       back, and renamed over each name; the old one is kept in the working folder until the record is committed.
 *   <li>The check-sum files are renewed, each by a rename, and the folders forced.
 *   <li>The batch is recorded in one transaction that confirms the ownership last, and forgets the kept changes.
 * </ol>
 *
 * <p>Not guaranteed: that a file can be opened, or fits its check-sum files, between a run that died in the midst of it and the
 * next run; an archive run in between that has a further name to give to such a file may fail, until rewrapping is run again. A
 * failing disk is not tried again within a run: it fails, and the next one goes on. And whoever has kept an old header and the old key still opens the body: its data keys are the same.
 */
@NullMarked
package org.waybill.stage.rewrap;

import org.jspecify.annotations.NullMarked;
