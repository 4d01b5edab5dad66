/**
 * Reads manifests: the lists of the files that will come, with what their sender declares of them.
 *
 * <p>In: the bytes of one manifest, as a stream, and its file name. Out: one {@link
 * org.waybill.format.manifest.ManifestRow} after the other, each {@code Declared} or {@code Rejected}. Memory does not
 * grow with the number of rows.
 *
 * <ol>
 *   <li>The format is recognised from the first bytes ({@link org.waybill.format.manifest.ManifestFormat}). If this
 *       fails, the manifest is malformed as a whole and the message says what was expected: an empty file, an HTML
 *       error page, UTF-16.
 *   <li>The next row is cut out: a line, a record of a table, an object of JSON. If this fails for a line or a record
 *       (not UTF-8, too long, a quote that is never closed), that row is rejected and the reading goes on. If it fails in
 *       JSON (broken, truncated), the manifest is malformed: what follows cannot be found.
 *   <li>Name, sizes, checksums and ids are checked. If one fails, the row is rejected with the {@link
 *       org.waybill.format.manifest.RowFault} of the first failure. Nothing is repaired silently but this: {@code .}
 *       segments are taken out of names and hexadecimal digits lowered.
 *   <li>Each size and checksum is set down for the side it is about. A checksum list speaks of the file that it names,
 *       so the encryption suffix of the name decides; lega-mirroring and EGA speak of the plain side; a table's columns
 *       may say so ({@code TableColumns}).
 *   <li>At the end, a manifest that gave no row at all is malformed. Zero rows are never accepted in silence.
 * </ol>
 *
 * <p>Not guaranteed: that a name stands only once. Duplicates, twins by case or Unicode form, and two rows about the two
 * sides of one file ({@code x} and {@code x.gpg}) are for who holds all rows; {@link
 * org.waybill.format.manifest.EntryName#twinKey()} is made for that. A 128-digit BLAKE2b value in a GNU list cannot be
 * told from SHA-512. Rows that were read before a manifest turns out malformed must be undone by the reader's user.
 */
@NullMarked
package org.waybill.format.manifest;

import org.jspecify.annotations.NullMarked;
