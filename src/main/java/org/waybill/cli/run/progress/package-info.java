/**
 * How far a run has come, for who looks on: a bar on a terminal, one line a minute elsewhere. For eyes only: what counts is in
 * the ledger.
 */
@NullMarked
package org.waybill.cli.run.progress;

import org.jspecify.annotations.NullMarked;
