/**
 * The strict reading of route files: their text in, values and mistakes out. What the parts of a route are made of.
 *
 * <ol>
 *   <li>{@link org.waybill.route.yaml.RouteYaml} turns a file's text into nodes that know their lines. If this fails, the file
 *       has one problem: where it stops being plain YAML.
 *   <li>A {@link org.waybill.route.yaml.YamlSection} is asked for its keys, one by one, and {@link
 *       org.waybill.route.yaml.RouteValues} turns their texts into values. What is missing, unusable or unknown is noted, and
 *       reading goes on with a stand-in.
 *   <li>If anything was noted, all of it is thrown as one {@link org.waybill.route.yaml.InvalidRouteException}.
 * </ol>
 *
 * <p>Each {@link org.waybill.route.yaml.RouteProblem} has its file, line and key, and what to do. Values are quoted in it, but
 * nothing that stands where a secret, or an address with a secret in it, belongs.
 */
@NullMarked
package org.waybill.route.yaml;

import org.jspecify.annotations.NullMarked;
