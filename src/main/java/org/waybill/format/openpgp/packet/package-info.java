/**
 * The outer shape of OpenPGP: bytes of a file in, packets and their bodies out. Knows nothing of keys.
 *
 * <ol>
 *   <li>{@link org.waybill.format.openpgp.packet.SourceBytes} counts what comes, so that every fault names its byte. If
 *       the source fails: its {@link java.io.IOException} passes unchanged.
 *   <li>{@link org.waybill.format.openpgp.packet.Armour} is taken off, if there is any. If it is not well-formed, or
 *       anything else stands around it: {@link org.waybill.format.MalformedInputException}.
 *   <li>{@link org.waybill.format.openpgp.packet.PacketReader} reads the header of each packet, {@link
 *       org.waybill.format.openpgp.packet.PacketBody} its body, piece by piece. If the file ends within: {@link
 *       org.waybill.format.TruncatedInputException}. Nothing is allocated on the word of a length.
 *   <li>{@link org.waybill.format.openpgp.packet.Decompression} and {@link
 *       org.waybill.format.openpgp.packet.LiteralData} open what was inside the encrypted data. If the compressed data
 *       are damaged or followed by anything: {@code MalformedInputException}.
 * </ol>
 *
 * <p>The framing is our own: Bouncy Castle's tells a damaged file by the exceptions of a broken device, and takes some
 * cut ones for whole.
 */
@NullMarked
package org.waybill.format.openpgp.packet;

import org.jspecify.annotations.NullMarked;
