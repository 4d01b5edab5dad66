/** The commands about deliveries: what goes to whom, and what people do about it. */
@NullMarked
package org.waybill.cli.delivery;

import org.jspecify.annotations.NullMarked;
