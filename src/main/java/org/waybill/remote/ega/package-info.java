/**
 * Fetches the list of the files of one EGA dataset over HTTP, as the manifest that intake keeps and reads.
 *
 * <p>In: the id of a dataset. Out: a file with the server's JSON. What it means is read by who reads manifests; here it is
 * only known to be whole.
 *
 * <ol>
 *   <li>The address is checked. If it would send the password in clear to another machine, or holds one itself, it is
 *       refused before anything is sent.
 *   <li>The list is asked for. If the server cannot be reached, is silent, breaks off, is busy (429, 5xx) or sends JSON
 *       that ends in the middle, it is asked again after a pause that doubles, or that it asks for; after the last
 *       attempt this is an {@code IOException}.
 *   <li>A redirect is followed on the same server only, and never from https to http: the password goes with it.
 *   <li>401, 403, 404, an HTML page, an empty body, an empty list, an answer beyond the bound: {@link
 *       org.waybill.remote.ega.EgaRefusedException}, with what a person must do. None of these gets better by itself.
 *   <li>If the list comes in pages, the others are asked for with {@code limit} and {@code offset}. EGA's public metadata
 *       API gives 10 elements where none is asked for, status 206 while more follow, and the number of all in {@code
 *       EGA-API-Total-Count}. If the server stops before that number, it is an {@code IOException}.
 * </ol>
 *
 * <p>The password stands in one request header and nowhere else: in no message, no {@code toString}, no URL.
 *
 * <p>Not guaranteed: that the list did not change between two of its pages; that a killed process leaves no hidden folder
 * {@code .ega-…} beside the target.
 */
@NullMarked
package org.waybill.remote.ega;

import org.jspecify.annotations.NullMarked;
