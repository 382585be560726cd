/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A change with its dating and certainty: the data and its words.  The bounds are
 * chosen in dating.c, the certainty in certainty.c.  Bounds are bounds: the moment
 * itself is told only where evidence shows it.
 */
#ifndef COMPARE_FINDING_H
#define COMPARE_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compare/difference.h"
#include "compare/recoveredshare.h"
#include "mapi/store.h"
#include "snapshot/snapshot.h"

enum finding_kind {
	FINDING_DELETED,
	FINDING_MOVED,
	FINDING_RENAMED,
	FINDING_RECREATED,
	FINDING_ADDED,
	FINDING_MODIFIED,
	FINDING_DAMAGED,
	FINDING_OTHER_HIVE, /* not in the hive that stands in place of its own */
	FINDING_STORE_REMOVED,
	FINDING_DEFAULT_CHANGED,
};

enum finding_certainty {
	FINDING_CERTAIN,
	FINDING_PROBABLE,
	FINDING_POSSIBLE,
	FINDING_UNRESOLVED,
};

/* Why this kind and why this certainty: word in the report, sentence for people. */
#define FINDING_REASONS(X)                                                               \
	X(FINDING_ABSENT_AFTER, "absent_after",                                          \
	  "the later hive does not hold the profile")                                    \
	X(FINDING_ABSENT_BEFORE, "absent_before",                                        \
	  "the earlier hive does not hold the profile")                                  \
	X(FINDING_STORE_GONE, "store_gone", "the whole list of profiles is gone")        \
	X(FINDING_ANCESTOR_GONE, "ancestor_gone",                                        \
	  "keys far above the list are gone too: not what deletes profiles")             \
	X(FINDING_SAME_INSTANCE, "same_instance", "both have the same instance key")     \
	X(FINDING_SAME_CONTENT, "same_content", "both have the same content")            \
	X(FINDING_SAME_SECTIONS, "same_sections",                                        \
	  "both share sections that were made for one profile")                          \
	X(FINDING_SAME_NAME, "same_name", "both have the same name in the same list")    \
	X(FINDING_OTHER_INSTANCE, "other_instance", "the instance keys differ")          \
	X(FINDING_OTHER_SECTIONS, "other_sections", "no section is shared")              \
	X(FINDING_CONTENT_DIFFERS, "content_differs", "keys or values differ")           \
	X(FINDING_SECTIONS_MISSING, "sections_missing",                                  \
	  "sections that the profile itself names are gone")                             \
	X(FINDING_ACCOUNTS_MISSING, "accounts_missing",                                  \
	  "accounts that the profile's own lists name are gone")                         \
	X(FINDING_ROOT_SECTION_MISSING, "root_section_missing",                          \
	  "the profile's root section is gone")                                          \
	X(FINDING_DEFAULT_DIFFERS, "default_differs", "DefaultProfile names another")    \
	X(FINDING_WAS_DEFAULT, "was_default", "DefaultProfile named the profile")        \
	X(FINDING_DEFAULT_DANGLES, "default_dangles",                                    \
	  "DefaultProfile still names the profile that is gone")                         \
	X(FINDING_READERS_AGREE, "readers_agree",                                        \
	  "both readers read the same in both hives")                                    \
	X(FINDING_ONE_READER, "one_reader", "only one reader could read a hive")         \
	X(FINDING_FROM_EXPORT, "from_export",                                            \
	  "a .reg export shows it, which is text that can be edited")                    \
	X(FINDING_READERS_DIFFER, "readers_differ", "the readers contradict each other") \
	X(FINDING_BEFORE_DIRTY, "before_dirty",                                          \
	  "the earlier hive is dirty; a log may hold newer changes")                     \
	X(FINDING_AFTER_DIRTY, "after_dirty",                                            \
	  "the later hive is dirty; a log may hold newer changes")                       \
	X(FINDING_BEFORE_INCOMPLETE, "before_incomplete",                                \
	  "what could hold it in the earlier hive could not be read whole")              \
	X(FINDING_AFTER_INCOMPLETE, "after_incomplete",                                  \
	  "what could hold it in the later hive could not be read whole")                \
	X(FINDING_LOG_NAME, "log_name",                                                  \
	  "a log that was applied keeps the name of another hive")                       \
	X(FINDING_PAIR_DOUBTFUL, "pair_doubtful",                                        \
	  "the two hives may not be an earlier and a later state of one subject")        \
	X(FINDING_BOUNDS_CONFLICT, "bounds_conflict", "the times contradict each other") \
	X(FINDING_SAME_RECORDS, "same_records",                                          \
	  "a key of it stands unchanged in the same cell of both hives")                 \
	X(FINDING_UNLISTED_KEY, "unlisted_key",                                          \
	  "a key record that no list names may be what is missing")                      \
	X(FINDING_NAME_DOUBTFUL, "name_doubtful",                                        \
	  "its unchanged record has another name, and nothing shows a renaming")         \
	X(FINDING_TWO_CLAIMANTS, "two_claimants",                                        \
	  "another profile may as well be it: a copy keeps instance key and sections")   \
	X(FINDING_RECORD_FREED, "record_freed",                                          \
	  "its own record is freed and empty, and this one stands in another cell")      \
	X(FINDING_ORIGINAL_WRITTEN, "original_written",                                  \
	  "a section of the original was written after that of its copy")                \
	X(FINDING_LIST_IS_LINK, "list_is_link",                                          \
	  "the list is a registry link: its profiles stand elsewhere")                   \
	X(FINDING_HIVE_REPLACED, "hive_replaced",                                        \
	  "another hive stands in place of the earlier one (inferred)")                  \
	X(FINDING_TIMES_BACKWARDS, "times_backwards",                                    \
	  "times of keys run backwards: a clock was set back, or an older state restored")

enum finding_reason {
#define X(constant, word, sentence) constant,
	FINDING_REASONS(X)
#undef X
};

/* Where a bound comes from. */
enum finding_source {
	FINDING_PROFILE_KEY_TIME,  /* newest key of the profile in the earlier hive */
	FINDING_HIVE_KEY_TIME,	   /* newest key of the whole earlier hive */
	FINDING_HEADER_TIME,	   /* last written, base block */
	FINDING_LIST_KEY_TIME,	   /* last write of the list in the later hive */
	FINDING_ANCESTOR_KEY_TIME, /* the same of the nearest key above it */
	FINDING_NEW_LIST_KEY_TIME, /* the same of the list that a profile moved to */
	FINDING_RECOVERED_KEY_TIME, /* newest recovered key of the profile in the later hive */
	FINDING_NEW_HIVE_KEY_TIME, /* newest key of a new hive */
};

struct finding_bound {
	bool latest; /* else earliest */
	uint64_t time_ft;
	enum finding_source source;
	size_t snapshot; /* index in the series */
	uint32_t offset; /* file offset of the record or field */
};

#define FINDING_MAX_REASONS 16
#define FINDING_MAX_BOUNDS 7

struct state;

/* Profiles, stores and texts are borrowed from the two snapshots and the recovery. */
struct finding {
	enum finding_kind kind;
	const struct snapshot_profile *before, *after; /* as far as there are any */
	const struct store *store;	      /* where it was, else where it is */
	struct text old_default, new_default; /* FINDING_DEFAULT_CHANGED */
	enum finding_certainty certainty;
	enum finding_reason reasons[FINDING_MAX_REASONS];
	size_t n_reasons;
	bool dated;			 /* the bounds below tell when it went */
	uint64_t earliest_ft, latest_ft; /* the tightest; 0 if there is none */
	struct finding_bound bounds[FINDING_MAX_BOUNDS];
	size_t n_bounds;
	/*
	 * The moment itself, where the recovered profile key shows it; 0 else.
	 * Confirmed: the list was last written at the same moment.
	 */
	uint64_t at_ft;
	bool at_confirmed;
	struct recovered_share recovered; /* of a lost profile, in the later hive */
	/* Where it stands: in the hive file, or only in its logs from an entry on. */
	const struct state
		*state; /* NULL if the later hive had no logs, or they do not tell */
	struct differences
		differences; /* modified, damaged, and moved or renamed with changes */
};

/* Adds a reason; past FINDING_MAX_REASONS it is left out. */
void finding_add_reason(struct finding *finding, enum finding_reason reason);

/* Certainty can only be lowered; each lowering has its reason, told once. */
void finding_lower(struct finding *finding, enum finding_certainty to,
		   enum finding_reason reason);

/* Frees what a finding owns: its differences. */
void finding_clear(struct finding *finding);

/*
 * True if the earlier profile is gone: deleted, replaced by another of its name, or left
 * with a hive that another took the place of.
 */
static inline bool finding_is_loss(const struct finding *finding)
{
	return finding->kind == FINDING_DELETED || finding->kind == FINDING_RECREATED ||
	       finding->kind == FINDING_OTHER_HIVE;
}

/* True if it has to be told why it came: what only came or changed needs no cause. */
bool finding_needs_cause(const struct finding *finding);

/* True if its times contradict each other, or run backwards: then bounds order nothing. */
bool finding_is_out_of_order(const struct finding *finding);

/* Words of the report: "deleted", "certain", "absent_after", "header_time" ... */
const char *finding_kind_word(enum finding_kind kind);
const char *finding_certainty_word(enum finding_certainty certainty);
const char *finding_reason_word(enum finding_reason reason);
/* The reason as a sentence for people, without a full stop. */
const char *finding_reason_sentence(enum finding_reason reason);
const char *finding_source_word(enum finding_source source);

#endif
