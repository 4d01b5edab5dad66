/**
 * The command line: arguments in; results, words and an exit code out. The only place that prints.
 *
 * <ol>
 *   <li>{@link org.waybill.cli.Waybill} has the arguments parsed. If they are wrong, or ask for help, nothing else is started.
 *   <li>The command runs, with a {@link org.waybill.cli.Session}. Spring, the database and its migrations start when it asks for
 *       the first bean.
 *   <li>Its result goes to standard output, as text or as one JSON document; all else goes to standard error.
 *   <li>If it fails, {@link org.waybill.cli.Failure} alone says with which exit code and which words.
 *   <li>If a signal asks the process to end, {@link org.waybill.cli.StopSignal} lets the command end first.
 * </ol>
 *
 * <p>Each {@link org.waybill.cli.Subcommand} is found by its name in {@code META-INF/services}, so that rooms of commands can use
 * what stands here while nothing here knows them.
 *
 * <p>Not guaranteed: an exit code at SIGKILL, nor when a run takes longer than 25 s to stop; then the JVM's own, 128 and the
 * signal's number, tells that the run was not seen to end.
 */
@NullMarked
package org.waybill.cli;

import org.jspecify.annotations.NullMarked;
