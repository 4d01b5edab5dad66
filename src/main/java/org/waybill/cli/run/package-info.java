/**
 * The commands about routes and their runs: {@code run}, {@code runs}, {@code check}.
 *
 * <ol>
 *   <li>{@code run} reads the route. If anything is wrong in its file, nothing is started.
 *   <li>All stages that are to run are checked. If this machine lacks anything for one of them, nothing is started.
 *   <li>The stages run in their order. If one fails or is stopped, those after it do not start.
 * </ol>
 *
 * <p>Not guaranteed: that what was planned is what a later run does. Files arrive in between.
 */
@NullMarked
package org.waybill.cli.run;

import org.jspecify.annotations.NullMarked;
