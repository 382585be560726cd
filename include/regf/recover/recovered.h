/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Deleted keys and values, read from the bytes that no live key refers to, and
 * put together again: values to their keys by the freed lists of values, keys
 * to their parents by the cell that each key record names.  Windows frees the
 * cells of a deleted key and leaves most bytes as they were.
 *
 * Every statement has its measure: where a record was found, how sure its
 * path is, and what of it was concluded and not read.  Rules: wmsdiff(1),
 * RECOVERY; the comments in src/regf.
 */
#ifndef REGF_RECOVER_RECOVERED_H
#define REGF_RECOVER_RECOVERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "regf/freecells.h"
#include "regf/key.h"

/* What kind of bytes a record stands in. */
enum recovered_origin {
	RECOVERED_FREE,	 /* a free cell */
	RECOVERED_LOST,	 /* an allocated cell that nothing refers to */
	RECOVERED_SLACK, /* the unused end of a live cell */
	RECOVERED_TAIL,	 /* behind the last bin, in bins that the hive gave up */
	RECOVERED_LOG,	 /* a transaction log */
	/* Bytes whose cells a damaged bin hides: it may be alive as well as deleted. */
	RECOVERED_UNMAPPED,
};

/* How sure the path of a key is, or that of a value, which is no surer than its key's. */
enum recovered_certainty {
	RECOVERED_CERTAIN,  /* other evidence proves every step, see recoverkeys_find() */
	RECOVERED_PROBABLE, /* more than the times alone speaks for every step */
	RECOVERED_POSSIBLE, /* nothing contradicts it, nothing proves it */
	RECOVERED_PARTIAL,  /* the upper end is lost: the path begins in the middle */
};

/* What was concluded because the bytes that say it are overwritten. */
enum {
	RECOVERED_INFERRED_KIND = 1,	    /* that it is such a record: its signature */
	RECOVERED_INFERRED_ENCODING = 2,    /* whether the name is Latin-1: its flags */
	RECOVERED_INFERRED_NAME_LENGTH = 4, /* where the name ends */
	RECOVERED_INFERRED_FIRST_VALUE =
		8,		      /* that it is the key's: a link may say so too */
	RECOVERED_INFERRED_NAME = 16, /* the name itself, from elsewhere */
	RECOVERED_INFERRED_DATA = 32, /* some bytes of the data, from elsewhere */
};

/* Since when the record is unreferenced, as an earlier snapshot tells. */
enum recovered_since {
	RECOVERED_SINCE_UNKNOWN,
	RECOVERED_SINCE_EARLIER, /* the earlier snapshot has it as a deleted one already */
	RECOVERED_SINCE_BETWEEN, /* it was live in the earlier snapshot, or is newer than that */
};

/* Bytes of a record or its data. */
struct recovered_run {
	size_t log; /* number of the log; SIZE_MAX for the hive */
	uint32_t offset, len;
};

/* A place where a record was found. */
struct recovered_place {
	enum recovered_origin origin;
	size_t log;	 /* number of the log; SIZE_MAX for the hive */
	uint32_t offset; /* of the record in that file, bytes */
};

/*
 * What is known of a recovered key beside the key itself, or of a placeholder.  56 bytes
 * on a 64-bit machine: a hive may hold millions.
 */
struct recovered_key {
	enum recovered_certainty certainty : 8;
	enum recovered_since since : 8;
	uint8_t inferred; /* RECOVERED_INFERRED_* */
	/* True if its last write is the time when its last subkey went. */
	bool had_subkeys;
	/* Its record names no subkeys: Windows deletes a key only then. */
	bool is_empty;
	/*
	 * Its record counts no values, yet tells how large they were: Windows clears
	 * that with the last one, so they were there when a tool cut the key off.
	 */
	bool values_cut;
	uint32_t rel, parent_rel;   /* cells; nil for a placeholder of a name only */
	uint32_t n_values_recorded; /* what the record says */
	uint32_t n_places;	    /* 0 for a placeholder */
	const struct recovered_place *places; /* the one it was read from first */
	struct recovered_value *values;	      /* by value.position of the key's values */
	const struct key *witness;	      /* itself in an earlier state, or NULL */
	struct key *key; /* itself in the tree: for recovered.c, which alone changes it */
};

/* 32 bytes, likewise. */
struct recovered_value {
	/* Of its path, that it is its key's included. */
	enum recovered_certainty certainty : 8;
	uint8_t inferred;
	bool data_lost;	  /* nothing of the data is left: the cell is in use again */
	bool of_live_key; /* found behind the list of values of a key that is live */
	/*
	 * Bytes at the beginning of the data that are overwritten, VALUE_LOST_HEAD at
	 * most; value->data has U+FFFD there, in UTF-16.
	 */
	uint8_t n_head_lost;
	uint8_t n_head_inferred; /* the same, where other evidence tells these bytes */
	uint32_t n_places, n_runs;
	const struct recovered_place *places;
	const struct recovered_run *runs; /* where the data stand, unless inline */
};

/*
 * The recovered keys and values of one hive.  Keys with KEY_FLAG_RECOVERED
 * are deleted ones; keys with KEY_FLAG_PLACEHOLDER stand for the live keys above
 * them and hold nothing but recovered keys and values.
 */
struct recovered_keys {
	struct key_tree *tree; /* root: the placeholder of the live root */
	/*
	 * Keys whose parent is lost.  Its children are nameless placeholders, one
	 * for each lost parent (recovered_key.rel tells its cell), below them the
	 * keys that name it.
	 */
	struct key *adrift;
	/* Values that no recovered key's list names; sorted by place. */
	struct value *lone;
	const struct recovered_value *lone_info; /* by value.position */
	size_t n_lone;
	struct recovered_key *keys; /* by key.recovered - first: n_nodes of them */
	uint32_t first, n_nodes;
	size_t n_keys, n_values; /* recovered ones; n_values without lone ones */
	uint64_t n_searched;	 /* bytes looked through */
	enum freecells style;
};

void recovered_keys_free(struct recovered_keys *recovered);
void recovered_keys_freep(struct recovered_keys **recovered);

/* What is known of a key of the recovered tree. */
static inline const struct recovered_key *recovered_of(
	const struct recovered_keys *recovered, const struct key *key)
{
	return &recovered->keys[key->recovered - recovered->first];
}

/* What is known of a value of such a key. */
static inline const struct recovered_value *recovered_of_value(
	const struct recovered_keys *recovered, const struct key *key,
	const struct value *value)
{
	return &recovered_of(recovered, key)->values[value->position];
}

static inline bool recovered_is_placeholder(const struct key *key)
{
	return key->flags & KEY_FLAG_PLACEHOLDER;
}

/*
 * The two things that may still change in a finished tree are done by whoever
 * owns it, the caller; everyone else has it const.  key and value are of this
 * tree and say what to change; pointers to them stay valid.
 */

/*
 * Puts bytes that are known from elsewhere in the place of the overwritten
 * ones; head, borrowed for the call, has the value's n_head_lost bytes.
 * Return: STATUS_OK; STATUS_NOMEM, and nothing is changed.
 */
MUST_CHECK enum status recovered_infer_head(struct recovered_keys *recovered,
					    const struct key *key,
					    const struct value *value,
					    const uint8_t *head);

/*
 * Adds another place where the record of a key was found; it is copied.
 * Return: STATUS_OK; STATUS_NOMEM, and nothing is changed.
 */
MUST_CHECK enum status recovered_add_place(struct recovered_keys *recovered,
					   const struct key *key,
					   const struct recovered_place *place);

/* Words of the report. */
const char *recovered_origin_word(enum recovered_origin origin);
const char *recovered_certainty_word(enum recovered_certainty certainty);
const char *recovered_since_word(enum recovered_since since);

#endif
