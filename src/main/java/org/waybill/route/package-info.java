/**
 * Routes: {@code jobs/*.yaml} in, immutable records out.
 *
 * <p>A route says which way one kind of file takes, stage by stage. This room reads and validates; it runs nothing, opens no
 * key and touches no database.
 *
 * <ol>
 *   <li>{@link org.waybill.route.RouteFiles} lists the files. If two describe one route, or the one asked for is not there,
 *       that is the problem to report.
 *   <li>{@code RouteYaml} turns a file's text into nodes that know their lines. If this fails, the file has one problem:
 *       where it stops being plain YAML.
 *   <li>{@link org.waybill.route.Route} and its parts ask for their keys, one by one. What is missing, unusable or unknown is
 *       noted, and reading goes on with a stand-in.
 *   <li>If anything was noted, all of it is thrown as one {@link org.waybill.route.InvalidRouteException}, and the stand-ins
 *       with it; else the records are returned.
 * </ol>
 *
 * <p>Each {@link org.waybill.route.RouteProblem} has its file, line and key, and what to do. Values are quoted in it, but
 * nothing that stands where a secret, or an address with a secret in it, belongs.
 *
 * <p>Not guaranteed: that what a route names exists on this machine. That is for {@link org.waybill.route.check}.
 */
@NullMarked
package org.waybill.route;

import org.jspecify.annotations.NullMarked;
