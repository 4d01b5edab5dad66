/**
 * Pings for a dead-man's switch: a monitor that calls people when it is not told in time that all went well. As healthchecks.io and
 * those that follow it take them: POST to the address of the check, to {@code /start} and to {@code /fail} below it.
 *
 * <p>In: the address, what is to be told, words to keep with it. Out: nothing.
 *
 * <ol>
 *   <li>The ping is sent, with {@code rid}, by which the monitor knows which start an end belongs to.
 *   <li>If there is no answer within some seconds, or another than 2xx, it is sent once more, and so may arrive twice.
 *   <li>If that fails too, it is an {@code IOException}. A redirect is a failure: nobody else is told the words.
 * </ol>
 *
 * <p>Not guaranteed: that a ping arrives. A monitor that hears nothing calls, and that is what it is for.
 */
@NullMarked
package org.waybill.remote.ping;

import org.jspecify.annotations.NullMarked;
