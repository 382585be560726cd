/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Raw keys and values as regxml:cellobject elements, with their exact bytes and where
 * they stand.
 */
#ifndef REPORT_DOCUMENT_CELL_H
#define REPORT_DOCUMENT_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "regf/key.h"
#include "report/document/writer/parts.h"
#include "snapshot/snapshot.h"

/* What a raw cell is in a comparison; see the delta namespace. */
enum cell_state { CELL_PLAIN, CELL_DELETED, CELL_NEW, CELL_MODIFIED };

/* A key, which may be a recovered one of the snapshot. */
void cell_key(struct parts *parts, const struct snapshot *snapshot, const struct key *key,
	      enum cell_state state);

/* A value, and the key that holds it; both may be recovered ones of the snapshot. */
void cell_value(struct parts *parts, const struct snapshot *snapshot,
		const struct key *key, const struct value *value, enum cell_state state);

/* A value that changed: its later state with the earlier one inside. */
void cell_changed_value(struct parts *parts, const struct snapshot *before,
			const struct key *before_key, const struct value *old,
			const struct snapshot *after, const struct key *after_key,
			const struct value *new);

/* A recovered value that no key is known of: number `index` of the lone ones. */
void cell_lone_value(struct parts *parts, const struct snapshot *snapshot, size_t index);

/* The attribute that lists lost bytes of the data, as "offset+length"; none without. */
void cell_unknown(struct xml *xml, const struct value *value);

/* True for a recovered key whose path is known in part only. */
bool cell_is_adrift(const struct parts *parts, const struct snapshot *snapshot,
		    const struct key *key);

/*
 * The path of a key, or of a value in it, from the user's root, completed for
 * a subtree that was saved on its own.  Return: as key_path().
 */
MUST_CHECK bool cell_path(const struct parts *parts, const struct snapshot *snapshot,
			  const struct key *key, const struct value *value,
			  struct text *out);

/* Writes attributes input and offset: where the last write of a recovered key stands. */
void cell_time_place(struct parts *parts, const struct snapshot *snapshot,
		     const struct key *key);

#endif
