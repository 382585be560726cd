/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What deleted keys and values are recovered from. */
#ifndef REGF_RECOVER_SOURCE_H
#define REGF_RECOVER_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/stage.h"
#include "regf/freecells.h"
#include "regf/image.h"
#include "regf/key.h"
#include "regf/log/overlay.h"
#include "regf/usage.h"

/* Another state of the same hive: what stood where. */
struct recovered_witness {
	const struct image *image;
	const struct key_tree *keys;
	const struct usage *usage;
	uint64_t newest_ft; /* newest last write of its keys */
	bool damaged;	    /* some of its keys may be hidden, the newest too */
};

/* What is known of a step from a key to its parent apart from the bytes. */
enum recovered_fit { RECOVERED_FITS, RECOVERED_MAY_FIT, RECOVERED_FITS_NOT };

struct recovered_source {
	const struct image *image;
	enum freecells free_cells;   /* of the image, as freecells_of() tells */
	const struct key_tree *keys; /* live; NULL if no own reader could read them */
	const struct usage *usage;
	const struct recovered_witness *witnesses; /* earlier states, the newest first */
	size_t n_witnesses;
	/*
	 * Says whether a key of that name can be below a parent of that name,
	 * which is itself below a key named `above` (all may be empty: not
	 * known).  May be NULL.
	 */
	enum recovered_fit (*fit)(struct text name, struct text parent,
				  struct text above);
	/*
	 * Says whether the cell of that live key may have been another's before, below
	 * which the same names fit.  May be NULL: no cell was.
	 */
	bool (*has_rival)(const struct key *live);
	/*
	 * Says whether a value of that name can be one of a key of that name.  May be
	 * NULL: nothing fits.
	 */
	enum recovered_fit (*value_fit)(struct text value, struct text key);
	/*
	 * Says whether bytes with that end can be the data of a REG_BINARY value of that
	 * name in such a key; the beginning may be missing.  May be NULL: all can.
	 */
	bool (*data_fits)(struct text value, struct text key, struct span data);
	/*
	 * The length of the name of a value, known from elsewhere, with which the
	 * bytes begin: the longest; 0 if they begin with none.  May be NULL.
	 */
	size_t (*name_end)(struct span bytes);
	/*
	 * Says whether keys of that name are made everywhere in the same way, so that
	 * a name does not tell one from another.  May be NULL.
	 */
	bool (*is_common)(struct text name);
	struct diag_list *diags;
	/*
	 * Another state to look through instead of the hive's own: the bytes of
	 * the hive with its pages put over them, from the first bin on.  Keys
	 * that are live in the hive are left out.  NULL: the hive itself.
	 */
	const struct overlay *overlay;
	struct span overlaid;
	struct stage *stage;   /* gets how far it is; may be NULL */
	unsigned n_threads;    /* that share the work; 0 is one */
	uint32_t first_number; /* what key.recovered counts from in the result */
};

#endif
