/**
 * Has a file decrypted or encrypted by <a href="https://github.com/EGA-archive/ega-res">RES</a>, EGA's re-encryption
 * service, for sites that must not hold the keys, or must use it. Ciphers of our own are the default.
 *
 * <p>In: the path of a file as the service knows it, its size, and how it is and shall be locked. Out: a stream of what the service
 * sends. Decryption has {@code plain} as its destination, encryption as its source.
 *
 * <ol>
 *   <li>The address is checked. If it would send the key in clear to another machine, or holds a user, a password or a
 *       query itself, it is refused before anything is sent. So is everything where this Java is told to log its requests:
 *       the key would stand in that log.
 *   <li>The file is asked for, under an id that is new each time: the service keeps what it read under its id, and would give
 *       that again. If the service cannot be reached, is silent, breaks off before its first byte, sends nothing
 *       at all, or is busy (429, 5xx), it is asked again after a pause that doubles, or that it asks for; after the last
 *       attempt this is an {@code IOException}.
 *   <li>401, 403, 404, a redirect, a page instead of a file, an answer whose end could not be told: {@link
 *       org.waybill.remote.res.ResRefusedException}, with what a person must do. No redirect is followed: the key would go
 *       with it.
 *   <li>The bytes are read. If the connection breaks, or nothing comes for too long, this is an {@code IOException}, and
 *       so is every later read: never an end. Nothing is asked for again once a byte has come.
 * </ol>
 *
 * <p>The key travels in the query of the URL, as the service wants it. So no URL is in any message, {@code toString} or
 * cause, and no message of the HTTP client is passed on, which may hold it; neither is the path of the file.
 *
 * <p>Not guaranteed: <b>that what came is the whole file.</b> The service sends neither a length nor a checksum, and one
 * that fails in the middle may end its answer as if nothing were wrong. Who reads the stream compares length and digest,
 * always. Nor that the key is cleared from memory, where the HTTP client keeps it in a {@code String}, nor that the service
 * and what stands before it do not log it.
 */
@NullMarked
package org.waybill.remote.res;

import org.jspecify.annotations.NullMarked;
