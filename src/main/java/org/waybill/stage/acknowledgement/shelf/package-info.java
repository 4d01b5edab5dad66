/**
 * Where the files of logs are, and how they are read from any place in them: on this machine, or at a server by SFTP.
 *
 * <ol>
 *   <li>A {@link org.waybill.stage.acknowledgement.shelf.LogShelf} tells which files are there. If the folder cannot be read: an
 *       error, never an empty answer.
 *   <li>A {@link org.waybill.stage.acknowledgement.shelf.LogFile} is read from where one was before; nothing before that is
 *       fetched, but for its beginning. If it has another name by then: {@link java.nio.file.NoSuchFileException}.
 * </ol>
 *
 * <p>Not guaranteed: that a file of a server is the same from one read to the next. By SFTP it is opened by its name each time, so
 * who reads compares its beginning afterwards.
 */
@NullMarked
package org.waybill.stage.acknowledgement.shelf;

import org.jspecify.annotations.NullMarked;
