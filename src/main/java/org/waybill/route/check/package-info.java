/**
 * Routes against the machine: loaded routes in, {@link org.waybill.route.yaml.RouteProblem}s out, none if all is well. Looks, and
 * changes nothing.
 *
 * <ol>
 *   <li>Keys and secrets: each file must be there, a regular file and readable; secret ones by their owner only. References
 *       must lead to a secret that is not empty; it is looked at and forgotten.
 *   <li>The program that judges contents: there, and executable.
 *   <li>Folders: each must be there or such that it can be made, and must not lie in the way of another one.
 *   <li>Waybill's own folders in them, where they are there already: real folders, closed to others, on the file system of the
 *       folder around them, because files move there by rename.
 *   <li>All routes together: no two may take files from the same place.
 * </ol>
 *
 * <p>No step fails for what it finds: each notes it and the next one follows. Modes are judged by their bits, because root is
 * let through everywhere and should be told the same.
 *
 * <p>Not guaranteed: that a key file holds a key and that its passphrase opens it; that the disk has room; that a rename between
 * two bind mounts of one file system works (it does not, and they look alike); anything about the moment after the check.
 */
@NullMarked
package org.waybill.route.check;

import org.jspecify.annotations.NullMarked;
