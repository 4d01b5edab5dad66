/**
 * Benchmarks of formats, digests and the reader of access logs, beside the primitives that bound them and the programs of
 * others on the same bytes: {@code mvn -q test-compile exec:exec@bench}. In: nothing. Out: a table.
 *
 * <ol>
 *   <li>JMH measures each benchmark in this one JVM, after warming up; on one core, from memory to nowhere. What does not
 *       decrypt to as many bytes as were encrypted is a failure, and then so is the run. The best iteration counts.
 *   <li>Each program of others that is there reads the same bytes from a file in the page cache; the best of some runs
 *       counts. One that is missing is said to be missing.
 *   <li>The table gives MB/s (10^6 bytes of plaintext, or of a log, a second) and the ratio to the bound.
 * </ol>
 *
 * <p>Not guaranteed: that two runs on a shared machine agree by more than some percent. Only ratios within one run tell.
 */
@NullMarked
package org.waybill.bench;

import org.jspecify.annotations.NullMarked;
