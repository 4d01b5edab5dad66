/**
 * Bytes in, bytes out: the formats that files, keys, manifests and logs are written in.
 *
 * <p>Each format is a room below this one; the values that all of them speak of ({@link
 * org.waybill.format.Checksum}, {@link org.waybill.format.MalformedInputException}) stand here. Plain Java: nothing in
 * this house below may be imported, nor Spring, nor JDBC.
 */
@NullMarked
package org.waybill.format;

import org.jspecify.annotations.NullMarked;
