// SPDX-License-Identifier: GPL-2.0-or-later
#include "usedhive.h"

#include <stdio.h>

#define EXPLORER "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\"

enum { SECOND = 10000000 };

/* Keys of Windows that each day writes anew. */
static const char *const written[USEDHIVE_WRITTEN_KEYS] = {
	EXPLORER "RecentDocs",
	EXPLORER "RunMRU",
	"Software\\Microsoft\\Internet Explorer\\TypedURLs",
};

static uint64_t use_once(struct builder *b, uint64_t ft, unsigned day, unsigned seed)
{
	char path[128];

	for (unsigned i = 0; i < USEDHIVE_NEW_KEYS; i++) {
		snprintf(path, sizeof(path),
			 "Software\\Program %u\\Project %u\\Window %u", seed, day, i);
		ft += SECOND;
		builder_value_dword(b, builder_path(b, path, ft), "Left", 10 * i);
	}
	for (unsigned i = 0; i < USEDHIVE_WRITTEN_KEYS; i++) {
		ft += SECOND;
		builder_key key = builder_path(b, written[i], ft);
		builder_value_dword(b, key, "Count", day + 1);
		builder_key_touch(b, key, ft);
	}
	return ft;
}

uint64_t usedhive_use(struct builder *b, uint64_t first, unsigned days, unsigned apart,
		      unsigned seed)
{
	uint64_t last = first;

	for (unsigned day = 0; day < days; day++)
		last = use_once(b, first + (uint64_t)day * apart * USEDHIVE_DAY, day,
				seed);
	return last;
}
