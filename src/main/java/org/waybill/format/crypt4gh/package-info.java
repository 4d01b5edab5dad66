/**
 * Crypt4GH, version 1: an encrypted file and a secret key in, plaintext out; plaintext and public keys in, an encrypted
 * file out. Keys come from {@link org.waybill.format.crypt4gh.keyfile}. The wire format stands in {@link
 * org.waybill.format.crypt4gh.Crypt4ghFormat}.
 *
 * <p>Reading, {@link org.waybill.format.crypt4gh.Crypt4ghInputStream}:
 *
 * <ol>
 *   <li>The magic, the version and the bounds of each packet are checked. If this fails, the file is not Crypt4GH, is an
 *       old draft, is cut, or is absurd: {@link org.waybill.format.MalformedInputException} says which, and where.
 *   <li>Our keys are tried on the header packets; those for others are left aside. If none gives a data key: {@link
 *       org.waybill.format.WrongKeyException}, with the public keys concerned.
 *   <li>Each segment is authenticated with one of the data keys, the last good one first, before a byte of it is handed
 *       out. If this fails: {@link org.waybill.format.AuthenticationFailedException}; the stream gives nothing more.
 *   <li>The end must lie after a whole segment. If it does not: {@link org.waybill.format.TruncatedInputException}, or
 *       {@code AuthenticationFailedException} where the piece is long enough to pass for a short last segment.
 *   <li>The edit list, if there is one, is applied. A second one is refused.
 * </ol>
 *
 * <p>Writing, {@link org.waybill.format.crypt4gh.Crypt4ghOutputStream}: a header with one data key for each recipient,
 * then the segments. If the sink fails, the file stays visibly incomplete.
 *
 * <p>Not guaranteed, because the format does not: that no whole segment was removed, doubled or moved, and that the file
 * is from whom it says. A file cut between two segments reads without an error. Only a declared length and digest tell.
 * Secrets are zeroed here, but the copies that the ciphers of the Java platform make of a key are left to its memory
 * management.
 */
@NullMarked
package org.waybill.format.crypt4gh;

import org.jspecify.annotations.NullMarked;
