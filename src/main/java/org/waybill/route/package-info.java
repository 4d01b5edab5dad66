/**
 * Routes: {@code jobs/*.yaml} in, immutable records out.
 *
 * <p>A route says which way one kind of file takes, stage by stage. This room reads and validates; it runs nothing, opens no
 * key and touches no database.
 *
 * <ol>
 *   <li>{@link org.waybill.route.RouteFiles} lists the files. If two describe one route, or the one asked for is not there,
 *       that is the problem to report.
 *   <li>{@link org.waybill.route.Route} and its parts ask for their keys, one by one, as {@link org.waybill.route.yaml} reads
 *       them. If anything is missing, unusable or unknown, all of it is thrown as one exception.
 * </ol>
 *
 * <p>Not guaranteed: that what a route names exists on this machine. That is for {@link org.waybill.route.check}.
 */
@NullMarked
package org.waybill.route;

import org.jspecify.annotations.NullMarked;
