/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of the report, each in a file of its own: cells (the raw keys and
 * values), content (a profile spelled out), inventory (inputs, snapshots,
 * stores), beside (what was given beside the hives), changes (comparisons),
 * causes (diagnoses, restoring), observed (diagnostics).  All write to the same open document.
 */
#ifndef REPORT_DOCUMENT_PARTS_H
#define REPORT_DOCUMENT_PARTS_H

#include "compare/series.h"
#include "report/document/report.h"
#include "report/document/xml.h"

struct parts {
	struct xml *xml;
	const struct series *series;
	const struct report_options *options;
	size_t n_changes;	   /* numbered so far, over all comparisons */
	size_t n_items, n_written; /* profiles and changes: all, and so far */
};

/* One more profile or change is written. */
void report_step(struct parts *parts);

/* What a raw cell is in a comparison; see the delta namespace. */
enum cell_state { CELL_PLAIN, CELL_DELETED, CELL_NEW, CELL_MODIFIED };

/*
 * A key or value as a regxml:cellobject with its exact bytes and where they
 * stand.  key is the key itself, or the one that holds the value; it may be a
 * recovered one of the snapshot.
 */
void cell_key(struct parts *parts, const struct snapshot *snapshot, const struct key *key,
	      enum cell_state state);
/* True for a recovered key whose path is known in part only. */
bool cell_is_adrift(const struct parts *parts, const struct snapshot *snapshot,
		    const struct key *key);
/* A recovered value that no key is known of: number `index` of the lone ones. */
void cell_lone_value(struct parts *parts, const struct snapshot *snapshot, size_t index);
void cell_value(struct parts *parts, const struct snapshot *snapshot,
		const struct key *key, const struct value *value, enum cell_state state);

/* The attribute that lists lost bytes of the data, as "offset+length"; none without. */
void cell_unknown(struct xml *xml, const struct value *value);

/* A value that changed: its later state with the earlier one inside. */
void cell_changed_value(struct parts *parts, const struct snapshot *before,
			const struct key *before_key, const struct value *old,
			const struct snapshot *after, const struct key *after_key,
			const struct value *new);

/*
 * The path of a key, or of a value in it, from the user's root, completed for
 * a subtree that was saved on its own.  Return: as key_path().
 */
MUST_CHECK bool cell_path(const struct parts *parts, const struct snapshot *snapshot,
			  const struct key *key, const struct value *value,
			  struct text *out);

/*
 * The profile element: attributes, and with whole everything it holds.  Cells
 * get the given state.
 */
void profiles_write(struct parts *parts, const struct snapshot *snapshot,
		    const struct snapshot_profile *profile, bool whole,
		    enum cell_state state);

/* The input elements, each hive followed by its logs; their ids are "i1", "i2"... */
void inventory_inputs(struct parts *parts);
/*
 * The number of an input from 1: the hive file of a snapshot, or one of its
 * logs (SIZE_MAX: the hive).
 */
size_t inventory_input(const struct parts *parts, const struct snapshot *snapshot,
		       size_t log);
/* Attributes input and offset: where a byte of the snapshot's image can be looked at. */
void inventory_place(struct parts *parts, const struct snapshot *snapshot,
		     uint32_t offset);
/* The number of any file that was read, in the series or beside it, from 1. */
size_t inventory_number(const struct parts *parts, const struct evidence *file);
/* What the report says of one file, of one hive, and of the logs of a hive. */
void inventory_fileobject(struct xml *xml, const struct evidence *evidence);
void inventory_hive(struct xml *xml, const struct snapshot *snapshot);
void inventory_logs(struct parts *parts, const struct snapshot *snapshot);
/* The snapshot element; its id is "s1"... */
void inventory_snapshot(struct parts *parts, size_t index);

/*
 * Recovered profiles that are spelled out when there is nothing else to tell:
 * more of them are no answer but an archive, which --full gives.
 */
#define RECOVERIES_MAX_WHOLE 100

/*
 * The recovered element of a snapshot: recovered profiles, up to n_whole of them
 * spelled out, keys and values.
 */
void recoveries_write(struct parts *parts, const struct snapshot *snapshot,
		      size_t n_whole);
/* The recovered_share element of a change: how much of a lost profile the later hive still holds. */
void recoveries_share(struct parts *parts, const struct recovered_share *share);

/* What a profile holds, spelled out: the content of a profile element. */
void profiles_spell_out(struct parts *parts, const struct snapshot *snapshot,
			const struct key *key, enum cell_state state);

/* The comparison element with all its changes. */
void changes_write(struct parts *parts, const struct comparison *comparison);

/* The inputs beside the hives, numbered behind them. */
void companioninputs_write(struct parts *parts);

/* The diagnosis elements of the series. */
void causes_write(struct parts *parts);
/* The restore element of a change or a recovered profile (the other is NULL), if any. */
void causes_restore(struct parts *parts, const struct finding *finding,
		    const struct recovered_profile *recovered);

/* The diagnostic elements of a snapshot, a comparison (number from 1), and the rest. */
void diagnostics_snapshot(struct parts *parts, const struct snapshot *snapshot);
void diagnostics_comparison(struct parts *parts, const struct comparison *comparison,
			    size_t number);
void diagnostics_beside(struct parts *parts);

#endif
