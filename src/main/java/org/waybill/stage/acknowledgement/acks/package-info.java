/**
 * Acknowledgements that recipients write: {@code NAME.ack} in the upload folder of the recipient, with the SHA-256 of what they
 * got.
 *
 * <ol>
 *   <li>Only regular files are looked at, and links are not followed: the folder is open to others.
 *   <li>If there is no SHA-256 in one, it is left for ten minutes, as it may be being written; then it is taken as unreadable.
 *   <li>One that is recorded is moved into a hidden folder beside those of the recipients, if it is still the same.
 * </ol>
 *
 * <p>Not guaranteed: that the recipient wrote it. Whoever can write into the folder can.
 */
@NullMarked
package org.waybill.stage.acknowledgement.acks;

import org.jspecify.annotations.NullMarked;
