/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Office keeps beside the lists of profiles: what somebody asks for who lost one. */
#include "report/summary/officelines.h"

#include "mapi/office/identity.h"
#include "mapi/office/office.h"
#include "mapi/office/searchfiles.h"
#include "mapi/property.h"
#include "report/summary/summarystate.h"
#include "report/summary/wording.h"
#include "snapshot/snapshotfiles.h"

/* Both keys name the same files: each is told once. */
static bool is_repeated(const struct office_files *files, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (text_equal(files->items[k].path, files->items[i].path))
			return true;
	return false;
}

struct lines {
	struct screen *screen;
	const struct snapshot *snapshot;
	const struct office *begun; /* the version that was begun last */
	bool has_attached;	    /* it was read, for the first data file */
	struct attachedfiles attached;
};

static void lines_clear(struct lines *lines)
{
	attachedfiles_clear(&lines->attached);
}

/* The beginning of what is told of a version, once. */
static void begin(struct lines *lines, const struct office *office)
{
	if (lines->begun == office)
		return;
	lines->begun = office;
	screen_gap(lines->screen);
	screen_line(lines->screen, 0, 16, SCREEN_PLAIN, "office");
	screen_print(lines->screen, "%s", office->version);
}

static bool is_in_no_profile(struct lines *lines, struct text path)
{
	if (!lines->has_attached)
		lines->has_attached =
			snapshotfiles_attached(lines->snapshot, &lines->attached) ==
			STATUS_OK;
	return lines->has_attached &&
	       attachedfiles_has(&lines->attached, path) == PROFILE_NO;
}

static void put_files(struct lines *lines, const struct office *office)
{
	struct screen *screen = lines->screen;
	AUTO(searchfiles_clear) struct office_files files = { 0 };
	size_t n = 0;

	if (searchfiles_read(office, &files) != STATUS_OK)
		return;
	for (size_t i = 0; i < files.n; i++) {
		if (is_repeated(&files, i) || n++ >= SUMMARY_MAX_ITEMS)
			continue;
		begin(lines, office);
		wording_line(screen, "searched");
		screen_text(screen, files.items[i].path);
		if (is_in_no_profile(lines, files.items[i].path))
			screen_print(screen, " (in no profile)");
	}
	if (n > SUMMARY_MAX_ITEMS) {
		wording_line(screen, "");
		screen_print(screen, "... and %zu more file%s in the report",
			     n - SUMMARY_MAX_ITEMS,
			     wording_plural(n - SUMMARY_MAX_ITEMS));
	}
}

/* Who was signed in: what names the account, nothing that is held back. */
static void put_identities(struct lines *lines, const struct office *office)
{
	struct screen *screen = lines->screen;
	AUTO(identity_clear) struct identity_values identities = { 0 };
	size_t n = 0;

	if (identity_read(office, &identities) != STATUS_OK)
		return;
	for (size_t i = 0; i < identities.n; i++) {
		const struct identity_value *identity = &identities.items[i];
		struct text text;
		if (!identity->is_open || !property_string(identity->value, &text) ||
		    text_length(text) == 0 || n++ >= SUMMARY_MAX_ITEMS)
			continue;
		begin(lines, office);
		wording_line(screen, "identity");
		screen_text(screen, value_name(identity->value));
		screen_print(screen, " ");
		screen_text(screen, text);
	}
}

void officelines_write(struct screen *screen, const struct snapshot *snapshot)
{
	AUTO(office_clear) struct offices offices = { 0 };
	AUTO(lines_clear) struct lines lines = { .screen = screen, .snapshot = snapshot };

	if (office_find(snapshot->keys, &snapshot->stores, &offices) != STATUS_OK)
		return;
	for (size_t i = 0; i < offices.n; i++) {
		put_files(&lines, &offices.items[i]);
		put_identities(&lines, &offices.items[i]);
	}
}
