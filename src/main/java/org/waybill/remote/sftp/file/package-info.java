/**
 * Files and folders on a partner's server, asked for over one channel.
 *
 * <p>In: a channel and a path. Out: what the server says, or what is read there.
 *
 * <ol>
 *   <li>What may not be there is asked for so that no is an answer; every other refusal is an exception.
 *   <li>Content is hashed by the server where it can, else read and hashed here; fewer bytes than the server says are a failure.
 * </ol>
 *
 * <p>Not guaranteed: that two answers belong to the same moment.
 */
@NullMarked
package org.waybill.remote.sftp.file;

import org.jspecify.annotations.NullMarked;
