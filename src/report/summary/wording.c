/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the summary say alike: of changes, lists, times and numbers. */
#include "report/summary/wording.h"

#include <assert.h>

/* What a time of the summary tells, in units of FILETIME. */
#define FILETIME_SECOND UINT64_C(10000000)

enum finding_kind wording_kind(size_t place)
{
	static const enum finding_kind order[] = {
		FINDING_OTHER_HIVE,	 FINDING_STORE_REMOVED, FINDING_DELETED,
		FINDING_DAMAGED,	 FINDING_RECREATED,	FINDING_MOVED,
		FINDING_RENAMED,	 FINDING_MODIFIED,	FINDING_ADDED,
		FINDING_DEFAULT_CHANGED,
	};

	static_assert(ARRAY_LEN(order) == WORDING_N_KINDS, "each kind has its place");
	return order[place];
}

enum screen_style wording_style(enum finding_kind kind)
{
	return kind == FINDING_DELETED || kind == FINDING_STORE_REMOVED ||
			       kind == FINDING_DAMAGED || kind == FINDING_OTHER_HIVE
		       ? SCREEN_BAD
	       : kind == FINDING_ADDED ? SCREEN_GOOD
				       : SCREEN_CHANGED;
}

const char *wording_plural(size_t n)
{
	return n == 1 ? "" : "s";
}

void wording_list(struct screen *screen, const struct store *store)
{
	screen_print(screen, store->list == STORE_PROFILES ? "Profiles of "
							   : "Deleted Profiles of ");
	switch (store->kind) {
	case STORE_WMS:
		screen_print(screen, "Windows Messaging Subsystem");
		return;
	case STORE_WMS9X:
		screen_print(screen, "Windows Messaging Subsystem (Windows 9x)");
		return;
	case STORE_OFFICE:
		screen_print(screen, "Outlook, Office ");
		screen_utf8(screen, store->office_version ? store->office_version
							  : "(version unknown)");
		return;
	}
}

bool wording_is_dated(const struct finding *finding)
{
	return finding->dated && (finding->earliest_ft || finding->latest_ft);
}

void wording_when(struct screen *screen, const struct finding *finding)
{
	uint64_t earliest = finding->earliest_ft, latest = finding->latest_ft;

	if (finding->at_ft) {
		screen_print(screen, "at ");
		screen_time(screen, finding->at_ft);
	} else if (earliest && latest && earliest <= latest &&
		   earliest / FILETIME_SECOND == latest / FILETIME_SECOND) {
		screen_print(screen, "within the second ");
		screen_time(screen, earliest);
	} else if (earliest && latest && earliest <= latest) {
		screen_print(screen, "between ");
		screen_time(screen, earliest);
		screen_print(screen, " and ");
		screen_time(screen, latest);
	} else {
		if (earliest) {
			screen_print(screen, "not before ");
			screen_time(screen, earliest);
		}
		if (latest) {
			screen_print(screen, earliest ? ", not after " : "not after ");
			screen_time(screen, latest);
		}
	}
	screen_utc(screen);
}

/* What DefaultProfile said, which may be nothing. */
static void put_default(struct screen *screen, struct text name)
{
	if (text_length(name) > 0)
		screen_text(screen, name);
	else
		screen_print(screen, "(none)");
}

void wording_names(struct screen *screen, const struct finding *finding)
{
	const struct snapshot_profile *before = finding->before, *after = finding->after;

	screen_style(screen, SCREEN_STRONG);
	if (finding->kind == FINDING_DEFAULT_CHANGED) {
		put_default(screen, finding->old_default);
		screen_print(screen, " -> ");
		put_default(screen, finding->new_default);
	} else if (before) {
		screen_text(screen, key_name(before->profile.key));
	} else if (after) {
		screen_text(screen, key_name(after->profile.key));
	}
	if (before && after && finding->kind != FINDING_DEFAULT_CHANGED &&
	    !text_same(key_name(before->profile.key), key_name(after->profile.key))) {
		screen_print(screen, " -> ");
		screen_text(screen, key_name(after->profile.key));
	}
	screen_style(screen, SCREEN_PLAIN);
}

void wording_line(struct screen *screen, const char *label)
{
	screen_line(screen, 4, 14, SCREEN_PLAIN, label);
}
