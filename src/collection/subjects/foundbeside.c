/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A hive of the machine from a restore point tells of another time, so it serves only
 * where there is no other.  Two copies of one listing would count one process twice.
 */
#include "collection/subjects/foundbeside.h"

#include "base/path.h"
#include "base/readat.h"
#include "collection/origin.h"
#include "collection/subjects/belongs.h"
#include "collection/subjects/pairinglog.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Bytes compared at a time. */
#define CHUNK 65536

/* What all steps share. */
struct beside {
	const struct finds *finds;
	const struct whose *whose;
	const struct evidence_opener *opener;
	struct belongs belongs;
	struct pairinglog logs;
	struct foundbeside_left *left;
};

/* False for what is of another machine or time; it is counted. */
static bool is_taken(struct beside *beside, const struct found *found, bool dated)
{
	if (belongs_to_users(&beside->belongs, found, dated))
		return true;
	if (beside->left->elsewhere++ == 0)
		beside->left->first_elsewhere = found->path;
	return false;
}

/* ---- the same bytes ---- */

static bool is_same_stream(int a, int b)
{
	static const size_t size = CHUNK;
	uint8_t *chunks = calloc(2, size);
	bool same = chunks != NULL;
	uint64_t at = 0;

	for (ssize_t n = 1; same && n > 0; at += (uint64_t)n) {
		n = readat(a, at, chunks, size);
		same = n >= 0 && readat(b, at, chunks + size, size) == n &&
		       memcmp(chunks, chunks + size, (size_t)n) == 0;
	}
	free(chunks);
	return same;
}

/* False, too, if one of them cannot be read: both are taken then, and told. */
static bool is_same_file(const struct evidence_opener *opener, const struct found *a,
			 const struct found *b)
{
	struct failure *failure = calloc(1, sizeof(*failure));
	bool same = false;
	int x = -1, y = -1;

	if (failure && a->size == b->size) {
		x = opener->open(opener, a->path, failure);
		y = x < 0 ? -1 : opener->open(opener, b->path, failure);
		same = y >= 0 && is_same_stream(x, y);
	}
	if (x >= 0)
		close(x);
	if (y >= 0)
		close(y);
	free(failure);
	return same;
}

/* ---- several of a kind ---- */

/*
 * Adds the files of a kind to paths, most at most; *left counts what is more.  dated: as
 * belongs_to_users().
 */
static enum status add_kind(struct beside *beside, enum filekind kind, bool dated,
			    const char **paths, size_t *n, size_t most, size_t *left)
{
	const struct found **taken = calloc(most, sizeof(*taken));
	size_t first = *n; /* those before it are of another kind */

	if (!taken)
		return STATUS_NOMEM;
	for (size_t i = 0; i < beside->finds->n; i++) {
		const struct found *found = &beside->finds->items[i];
		bool again = false;
		if (found->kind != kind || found->unread ||
		    !is_taken(beside, found, dated))
			continue;
		for (size_t k = first; k < *n && !again; k++)
			again = is_same_file(beside->opener, taken[k], found);
		if (again)
			continue;
		if (*n == most) {
			(*left)++;
			continue;
		}
		taken[*n] = found;
		paths[(*n)++] = found->path;
	}
	free(taken);
	return STATUS_OK;
}

/* ---- one of a kind ---- */

/* The path of a DLL inside its operand; of one that is named, its folder's name and its own. */
static const char *inside_of(const struct found *found)
{
	const char *at = path_name(found->path);

	if (*found->inside)
		return found->inside;
	at -= at > found->path;
	while (at > found->path && at[-1] != '/')
		at--;
	return at;
}

static bool is_in_system32(const struct found *found)
{
	const char *name = path_name(found->path);
	size_t len = strlen("system32/");

	return (size_t)(name - found->path) >= len &&
	       strncasecmp(name - len, "system32/", len) == 0;
}

/* Which copy of Mapi32.dll programs load is told by its folder. */
static void choose_mapi32(struct beside *beside, struct companions_source *source)
{
	const struct finds *finds = beside->finds;
	const struct found *best = NULL;
	size_t *left = &beside->left->mapi32;

	for (size_t i = 0; i < finds->n; i++) {
		const struct found *found = &finds->items[i];
		if (found->kind != FILEKIND_MAPI32 || found->unread)
			continue;
		if (!origin_is_loaded(inside_of(found))) {
			beside->left->stored++;
			continue;
		}
		if (!is_taken(beside, found, false))
			continue;
		if (!best || is_in_system32(found) > is_in_system32(best) ||
		    (is_in_system32(found) == is_in_system32(best) &&
		     found->operand > best->operand)) {
			*left += best && !is_same_file(beside->opener, best, found);
			best = found;
		} else {
			*left += !is_same_file(beside->opener, best, found);
		}
	}
	source->mapi32 = best ? best->path : NULL;
}

/* How much a hive of the machine tells of the time of the loss. */
static unsigned worth(const struct found *found)
{
	return found->place.shadow_copy > 0		  ? 0
	       : found->place.layout == PLACE_LIVE	  ? 3
	       : found->place.layout == PLACE_UNKNOWN	  ? 2
	       : found->place.layout == PLACE_WINDOWS_OLD ? 0
							  : 1;
}

static bool is_better(const struct finds *finds, const struct whose_hive *a,
		      const struct whose_hive *b)
{
	const struct found *x = &finds->items[a->found], *y = &finds->items[b->found];

	if (worth(x) != worth(y))
		return worth(x) > worth(y);
	if (x->operand != y->operand)
		return x->operand > y->operand;
	return a->written_ft > b->written_ft;
}

static void choose_hive(struct beside *beside, enum whose_kind kind,
			struct snapshot_source *source)
{
	const struct finds *finds = beside->finds;
	const struct whose_hive *best = NULL;
	struct pairing_source paired = { 0 };

	for (size_t i = 0; i < beside->whose->n; i++) {
		const struct whose_hive *hive = &beside->whose->items[i];
		if (hive->kind == kind &&
		    is_taken(beside, &finds->items[hive->found], true) &&
		    (!best || is_better(finds, hive, best)))
			best = hive;
	}
	if (!best)
		return;
	paired.found = &finds->items[best->found];
	pairinglog_add(&beside->logs, &paired);
	source->path = paired.found->path;
	source->opener = beside->opener;
	source->lone_log = paired.lone_log;
	source->n_logs = paired.n_logs;
	memcpy(source->logs, paired.logs, sizeof(paired.logs));
}

/* ---- all of it ---- */

static enum status add_event_logs(struct beside *beside, struct companions_source *source)
{
	size_t *left = &beside->left->events;

	RETURN_IF_FAILED(add_kind(beside, FILEKIND_EVENT_LOG, true, source->events,
				  &source->n_events, COMPANIONS_MAX_EVENTS, left));
	return add_kind(beside, FILEKIND_EVENT_LOG_XML, true, source->events,
			&source->n_events, COMPANIONS_MAX_EVENTS, left);
}

static enum status add_all(struct beside *beside, struct companions_source *source)
{
	RETURN_IF_FAILED(belongs_read(beside->finds, beside->whose, &beside->belongs));
	if (source->n_listings == 0)
		RETURN_IF_FAILED(add_kind(beside, FILEKIND_LISTING, false,
					  source->listings, &source->n_listings,
					  COMPANIONS_MAX_LISTINGS,
					  &beside->left->listings));
	if (source->n_events == 0)
		RETURN_IF_FAILED(add_event_logs(beside, source));
	if (!source->mapi32)
		choose_mapi32(beside, source);
	RETURN_IF_FAILED(pairinglog_read(beside->finds, &beside->logs));
	if (!source->system.path)
		choose_hive(beside, WHOSE_SYSTEM, &source->system);
	if (!source->software.path)
		choose_hive(beside, WHOSE_SOFTWARE, &source->software);
	return STATUS_OK;
}

enum status foundbeside_add(const struct finds *finds, const struct whose *whose,
			    const struct evidence_opener *opener,
			    struct companions_source *source,
			    struct foundbeside_left *left)
{
	struct beside beside = {
		.finds = finds, .whose = whose, .opener = opener, .left = left
	};

	*left = (struct foundbeside_left){ 0 };
	source->opener = opener;
	enum status status = add_all(&beside, source);
	pairinglog_clear(&beside.logs);
	belongs_clear(&beside.belongs);
	return status;
}
