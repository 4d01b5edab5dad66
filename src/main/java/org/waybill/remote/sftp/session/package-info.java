/**
 * One SSH connection to a partner's server, with several SFTP channels.
 *
 * <p>In: who the partner is, how much may be asked of it. Out: channels, each for one thread; pipelined writing and reading.
 *
 * <ol>
 *   <li>The connection is made when a channel is first needed, and again after it broke. Its host key must be the trusted one, which
 *       is checked before anything of ours is sent. What a person must mend is remembered: it is not tried again and again.
 *   <li>A channel is taken, as many at a time as the limits allow; further threads wait.
 *   <li>Writes and reads are sent without waiting for their answers, within the bandwidth, and confirmed each.
 *   <li>Each wait is cut into slices of 200 ms: a stop ends it; so does the patience of the limits. A connection whose signs of life
 *       are not answered is closed.
 *   <li>A failure is told as one for a person, or as one of the way there. A channel on which something failed is not used again.
 * </ol>
 *
 * <p>Not guaranteed: that what was not confirmed has not arrived.
 */
@NullMarked
package org.waybill.remote.sftp.session;

import org.jspecify.annotations.NullMarked;
