/**
 * The demo, and load generator: a number of files and their size in; a dataset, encrypted, sent through a whole route, and how
 * fast each stage was, out.
 *
 * <ol>
 *   <li>A home of its own: {@code demo/} under the current folder, or the one that was named. If somebody else's routes are in
 *       it, or the environment names a database, the demo refuses: it never works in real data.
 *   <li>The free space is compared with what all files will take. If it is too little: exit code 1, and nothing is made.
 *   <li>Keys and the route are made where they are not there yet; the route gets a line for a format that is new to it.
 *   <li>The files are made, encrypted and forced to disk, several at a time and never whole in memory; then the manifest. If
 *       this fails or is stopped, what was made of the dataset is removed.
 *   <li>The route is run as {@code run} does it. Its exit code is that of the demo.
 * </ol>
 *
 * <p>Not guaranteed: that files look like real ones to a compressor. Their content depends on nothing but their number, so the
 * same demo is the same data; keys, names and encrypted bytes differ each time.
 */
@NullMarked
package org.waybill.cli.run.demo;

import org.jspecify.annotations.NullMarked;
