/**
 * Checksums: bytes in, {@link org.waybill.format.Checksum}s out, several algorithms over one reading; and the side-car
 * line in which a checksum travels beside its file. The room {@code lane} within does it on more threads than one.
 *
 * <ol>
 *   <li>Bytes pass through a digesting stream, or go to {@link org.waybill.format.checksum.Digests} directly. If the
 *       stream below fails, its exception passes unchanged, and only the bytes that did pass have been counted.
 *   <li>{@code finish()} gives all checksums, weakest first, and starts anew.
 *   <li>{@link org.waybill.format.checksum.SidecarLine} writes one as {@code md5sum} does and reads it back. If the line
 *       is not one: {@link org.waybill.format.MalformedInputException}.
 * </ol>
 *
 * <p>Not guaranteed: anything of whole manifests (the room {@code manifest} reads those), nor that a checksum was ever
 * compared: that is the caller's part.
 */
@NullMarked
package org.waybill.format.checksum;

import org.jspecify.annotations.NullMarked;
