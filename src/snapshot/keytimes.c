/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A last write that a spoilt byte or a forger put there must bound nothing.  From
 * the newest time downwards: one that stands alone, more than a year after all
 * others and the header's, is passed over, and then the next one is looked at.
 * What Windows writes in a session are many keys, and the header with them.
 */
#include "snapshot/keytimes.h"

#include <stdlib.h>

#define YEAR_FT (UINT64_C(366) * 86400 * 10000000)

/* Times passed over: one byte spoils one; each costs a walk through the keys. */
#define PASSED_OVER_MAX 16

/* How many keys one diagnostic names. */
#define NAMED_MAX 3

static bool is_possible(uint64_t ft, uint64_t limit)
{
	return ft >= KEYTIMES_OLDEST && ft <= limit;
}

/* The newest possible time that is no later than the limit, and the next lower one. */
static uint64_t find_two(const struct key *root, uint64_t limit, uint64_t *second)
{
	uint64_t newest = 0;

	*second = 0;
	for (const struct key *key = root; key; key = key_next(root, key)) {
		uint64_t ft = key->mtime_ft;
		if (!is_possible(ft, limit) || ft == newest || ft <= *second)
			continue;
		if (ft > newest) {
			*second = newest;
			newest = ft;
		} else {
			*second = ft;
		}
	}
	return newest;
}

static void tell(const struct key *root, uint64_t limit, struct diag_list *diags)
{
	const struct key *first = NULL;
	char *names[NAMED_MAX] = { 0 };
	size_t n = 0;
	bool lossy;

	for (const struct key *key = root; key; key = key_next(root, key)) {
		if (key->mtime_ft == 0 || is_possible(key->mtime_ft, limit))
			continue;
		struct text path;
		if (n < NAMED_MAX && key_path(key, NULL, "", NULL, &path)) {
			names[n] = text_to_utf8(path, &lossy);
			text_free(path);
		}
		first = first ? first : key;
		n++;
	}
	if (first)
		diag_at(diags, DIAG_TIME_IMPOSSIBLE, first->record_off,
			"the last write of %zu key%s cannot be true, and is not used as "
			"a bound: %s%s%s%s%s%s",
			n, n == 1 ? "" : "s", names[0] ? names[0] : "?",
			n > 1 ? ", " : "", names[1] ? names[1] : "", n > 2 ? ", " : "",
			names[2] ? names[2] : "", n > NAMED_MAX ? " ..." : "");
	for (size_t i = 0; i < NAMED_MAX; i++)
		free(names[i]);
}

uint64_t keytimes_newest(const struct key *root, uint64_t header_ft,
			 struct diag_list *diags)
{
	uint64_t limit = KEYTIMES_NEWEST, second = 0;
	uint64_t newest = find_two(root, limit, &second);

	for (int i = 0; i < PASSED_OVER_MAX; i++) {
		uint64_t other = second;
		if (is_possible(header_ft, KEYTIMES_NEWEST) && header_ft > other)
			other = header_ft;
		/* A single time is all there is to go by. */
		if (other == 0 || newest <= other || newest - other <= YEAR_FT)
			break;
		limit = newest - 1;
		newest = find_two(root, limit, &second);
	}
	tell(root, newest > 0 ? newest : KEYTIMES_NEWEST, diags);
	return newest;
}
