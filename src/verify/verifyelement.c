/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifyelement.h"

#include <string.h>

static const struct {
	const char *name;
	bool text;
} known[] = {
#define X(constant, name, text) { name, text },
	VERIFYELEMENTS(X)
#undef X
};

/* Of each element of these something is told that is not held against bytes. */
static const struct {
	const char *name;
	enum verifytally_left left;
} lefts[] = {
	{ "account", VERIFYTALLY_DECODED },
	{ "account_numbers", VERIFYTALLY_DECODED },
	{ "advice", VERIFYTALLY_CAUSE },
	{ "boot", VERIFYTALLY_DECODED },
	{ "case", VERIFYTALLY_GIVEN },
	{ "change", VERIFYTALLY_COMPARED },
	{ "click_to_run", VERIFYTALLY_DECODED },
	{ "client", VERIFYTALLY_DECODED },
	{ "collection", VERIFYTALLY_GIVEN },
	{ "compared_key", VERIFYTALLY_COMPARED },
	{ "condition", VERIFYTALLY_CAUSE },
	{ "creator", VERIFYTALLY_GIVEN },
	{ "data_file", VERIFYTALLY_DECODED },
	{ "default_profile", VERIFYTALLY_DECODED },
	{ "diagnosis", VERIFYTALLY_CAUSE },
	{ "diagnostic", VERIFYTALLY_GIVEN },
	{ "difference", VERIFYTALLY_COMPARED },
	{ "event_log", VERIFYTALLY_WHOLE },
	{ "evidence", VERIFYTALLY_CAUSE },
	{ "exchange", VERIFYTALLY_DECODED },
	{ "file", VERIFYTALLY_DECODED },
	{ "fileobject", VERIFYTALLY_FILE_TIME },
	{ "generated_name", VERIFYTALLY_DECODED },
	{ "gone_account", VERIFYTALLY_DECODED },
	{ "hotfix", VERIFYTALLY_DECODED },
	{ "identity", VERIFYTALLY_DECODED },
	{ "listing", VERIFYTALLY_WHOLE },
	{ "loss", VERIFYTALLY_GIVEN },
	{ "missing", VERIFYTALLY_CAUSE },
	{ "named_file", VERIFYTALLY_DECODED },
	{ "named_in", VERIFYTALLY_DECODED },
	{ "no_diagnosis", VERIFYTALLY_CAUSE },
	{ "noted_time", VERIFYTALLY_DECODED },
	{ "office", VERIFYTALLY_DECODED },
	{ "other_hive", VERIFYTALLY_COMPARED },
	{ "outlook", VERIFYTALLY_DECODED },
	{ "place", VERIFYTALLY_GIVEN },
	{ "problem", VERIFYTALLY_DECODED },
	/* How many keys it has, and its digest. */
	{ "profile", VERIFYTALLY_WHOLE },
	{ "property", VERIFYTALLY_DECODED },
	{ "provider", VERIFYTALLY_DECODED },
	{ "reason", VERIFYTALLY_COMPARED },
	{ "recovered", VERIFYTALLY_RECOVERED },
	{ "recovered_share", VERIFYTALLY_RECOVERED },
	{ "redirect", VERIFYTALLY_DECODED },
	{ "reg", VERIFYTALLY_WHOLE },
	{ "restore", VERIFYTALLY_GIVEN },
	{ "runs", VERIFYTALLY_DECODED },
	{ "secret", VERIFYTALLY_DECODED },
	{ "series", VERIFYTALLY_COMPARED },
	{ "server", VERIFYTALLY_DECODED },
	{ "service", VERIFYTALLY_DECODED },
	{ "setting", VERIFYTALLY_DECODED },
	{ "snapshot", VERIFYTALLY_WHOLE },
	{ "software", VERIFYTALLY_DECODED },
	{ "store", VERIFYTALLY_PATH },
	{ "summary", VERIFYTALLY_WHOLE },
	{ "system", VERIFYTALLY_DECODED },
	{ "tags", VERIFYTALLY_DECODED },
	{ "unpaired", VERIFYTALLY_COMPARED },
	{ "user_folder", VERIFYTALLY_DECODED },
};

enum verifyelement verifyelement_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(known[i].name, name) == 0)
			return (enum verifyelement)i;
	return VERIFYELEMENT_OTHER;
}

bool verifyelement_has_text(enum verifyelement element)
{
	return element < VERIFYELEMENT_OTHER && known[element].text;
}

void verifyelement_leave(struct verifytally *tally, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(lefts); i++)
		if (strcmp(lefts[i].name, name) == 0)
			verifytally_leave(tally, lefts[i].left, 1);
}
