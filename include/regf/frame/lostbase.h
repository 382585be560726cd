/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hives whose base block is lost or not to be believed, or whose beginning is lost
 * altogether: what the bins and cells that are left tell.
 */
#ifndef REGF_FRAME_LOSTBASE_H
#define REGF_FRAME_LOSTBASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/diag.h"
#include "base/span.h"
#include "regf/baseblock.h"
#include "regf/cellmap.h"

/*
 * True if the bytes begin with no base block, but are of a hive: some page begins a bin
 * whose own offset can be true.  *missing: bytes that the file lacks at its beginning,
 * the base block's included; 0 if every bin stands at its place.
 */
MUST_CHECK bool lostbase_is_hive(struct span bytes, uint32_t *missing);

/*
 * Under a wrong checksum of the base block the version of a hive is that which its
 * allocated cells show; a diagnostic if a base block that is there says another.
 */
void lostbase_settle_version(struct image_base *base, bool lost, struct span bins,
			     const struct cellmap *allocated, struct diag_list *diags);

#endif
