/**
 * The runs as a person reads them: filters in, lists and whole runs with their steps out. Changes nothing.
 *
 * <p>The components of the records are the keys of the JSON documents that the command line prints, so their names and order are
 * an interface.
 *
 * <p>Not guaranteed: that a run whose status is STARTED is alive. {@code alive} says whether somebody holds the ownership of its
 * stage; where nobody does, the run is dead, and the next run of that stage records it as FAILED.
 */
@NullMarked
package org.waybill.run.history;

import org.jspecify.annotations.NullMarked;
