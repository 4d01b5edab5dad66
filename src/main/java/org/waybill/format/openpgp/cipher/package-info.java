/**
 * The encrypted data of an OpenPGP message: a packet and session keys in, its content out.
 *
 * <ol>
 *   <li>The packet's version and parameters are read. If it has no integrity protection, or an unknown one: {@link
 *       org.waybill.format.MalformedInputException}. Chunks larger than 4 MiB are refused before anything is allocated.
 *   <li>A session key is chosen: by the repeated bytes at the start (MDC), or by its cipher (AEAD). If none fits: {@link
 *       org.waybill.format.WrongKeyException}.
 *   <li>Pieces are decrypted as they are read: by {@link org.waybill.format.openpgp.cipher.SymmetricAlgorithm}'s fastest
 *       cipher, many blocks in one call. If the file ends within: {@link org.waybill.format.TruncatedInputException}.
 *   <li>The code or tags are checked. If they are wrong: {@link org.waybill.format.AuthenticationFailedException}, never an
 *       end of the stream.
 * </ol>
 *
 * <p>Not guaranteed, because MDC does not: that what came out before the end is what was encrypted.
 */
@NullMarked
package org.waybill.format.openpgp.cipher;

import org.jspecify.annotations.NullMarked;
