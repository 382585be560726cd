/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verify/verifystory.h"

#include "base/array.h"
#include "verify/verifyhive.h"

#include <stdio.h>

/* In a key record: where its last write stands, its name's length, flags and the name. */
#define KEY_FLAGS 2
#define KEY_LATIN1 0x20
#define KEY_TIME 4
#define KEY_NAME_LENGTH 72
#define KEY_NAME 76

/* Before version 1.2 of the format no flags tell it, and names are UTF-16. */
#define MINOR_FLAGS 2

/* ---- snapshots ---- */

static enum status begin_snapshot(struct verifyplace_report *report,
				  struct verifytext_element element)
{
	struct verifyplace_snapshots *all = &report->snapshots;
	uint64_t number = 0, input = 0;

	if (!verifytext_id(element, "id", &number) ||
	    !verifytext_id(element, "input", &input))
		return STATUS_MALFORMED;
	report->here = verifyfiles_find(&report->files, input);
	report->before = report->after = VERIFYFILES_NONE;
	if (report->here < report->files.n && verifytext_is(element, "state", "replayed"))
		report->files.items[report->here].replayed = true;
	RETURN_IF_FAILED(ARRAY_RESERVE(all, VERIFY_MAX_SNAPSHOTS));
	all->items[all->n++] = (struct verifyplace_snapshot){ number, report->here };
	return STATUS_OK;
}

/* ---- names and times ---- */

/* The place that an element names, or, where it has none, what it tells is counted. */
static bool has_place(struct verifyplace_report *report,
		      struct verifytext_element element, uint64_t filetime,
		      struct verifyplace *out)
{
	if (verifyplace_named(report, element, out))
		return true;
	if (filetime > 0)
		verifytally_leave(&report->tally, VERIFYTALLY_UNPLACED, 1);
	return false;
}

static enum status check_time(struct verifyplace_report *report,
			      struct verifytext_element element, const char *time,
			      const char *filetime, const char *what)
{
	struct verifyplace place;
	uint64_t ft = 0;

	verifyplace_spelling(report, element, time, filetime, what);
	(void)verifytext_number(element, filetime, &ft);
	if (!has_place(report, element, ft, &place))
		return STATUS_OK;
	return verifyplace_time(report, place, ft, what);
}

/* Whether the key record has the name; the place is that of its time. */
static bool name_is(const struct verifyplace_report *report, struct verifyplace place,
		    struct span bytes, struct verifytext_element element)
{
	struct text name = { .encoding = TEXT_UTF16LE };
	uint16_t flags = 0, len = 0;
	size_t at = (size_t)place.offset - KEY_TIME;

	if (place.offset < KEY_TIME || place.offset > bytes.len ||
	    !span_starts(bytes, at, "nk", 2) ||
	    !span_le16(bytes, at + KEY_FLAGS, &flags) ||
	    !span_le16(bytes, at + KEY_NAME_LENGTH, &len))
		return false;
	name.bytes = span_clip(span_from(bytes, at + KEY_NAME), len);
	if (flags & KEY_LATIN1 && report->files.items[place.file].minor >= MINOR_FLAGS)
		name.encoding = TEXT_LATIN1;
	return verifytext_attribute(element, "name", name);
}

/*
 * The name of a live profile.  After logs, and in a log, the record may be parted: then
 * nothing tells here where the rest of it stands.
 */
static enum status check_name(struct verifyplace_report *report,
			      struct verifytext_element element)
{
	char where[VERIFYFILES_WHERE_SIZE];
	const struct verifyfile *file;
	struct verifyplace place;
	struct span bytes;

	if (!verifytext_is(element, "origin", "live") ||
	    !verifyplace_named(report, element, &place)) {
		verifytally_leave(&report->tally, VERIFYTALLY_DECODED, 1);
		return STATUS_OK;
	}
	file = &report->files.items[place.file];
	enum status status = verifyplace_bytes(report, place.file, 1, &bytes);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	if (name_is(report, place, bytes, element))
		verifytally_holds(&report->tally, VERIFYTALLY_NAME);
	else if (file->replayed || file->minor == 0)
		verifytally_leave(&report->tally, VERIFYTALLY_DECODED, 1);
	else
		verifytally_wrong(&report->tally, VERIFYTALLY_NAME,
				  verifyfiles_where(&report->files, place.file,
						    place.offset, where),
				  "the key there has not the name of the profile");
	return STATUS_OK;
}

static enum status begin_profile(struct verifyplace_report *report,
				 struct verifytext_element element)
{
	if (verifytext_is(element, "origin", "recovered"))
		verifytally_leave(&report->tally, VERIFYTALLY_RECOVERED, 1);
	/* Its own last write, so both stand in one place. */
	if (verifytext_get(element, "deleted_filetime"))
		RETURN_IF_FAILED(check_time(report, element, "deleted_at",
					    "deleted_filetime", "end of a profile"));
	if (verifytext_get(element, "deleted_not_after"))
		verifytally_leave(&report->tally, VERIFYTALLY_UNPLACED, 1);
	RETURN_IF_FAILED(check_name(report, element));
	return check_time(report, element, "mtime", "filetime",
			  "last write of a profile's key");
}

/* Its time is told as text alone. */
static enum status check_text_time(struct verifyplace_report *report,
				   struct verifytext_element element, const char *name,
				   const char *what)
{
	char where[VERIFYFILES_WHERE_SIZE];
	const struct span *told = verifytext_get(element, name);
	struct verifyplace place;
	struct span bytes;
	uint64_t ft = 0;

	if (!told || !has_place(report, element, 1, &place))
		return STATUS_OK;
	enum status status = verifyplace_bytes(report, place.file, 1, &bytes);
	if (status != STATUS_OK)
		return status == STATUS_ABSENT ? STATUS_OK : status;
	if (verifyplace_le64(bytes, place.offset, &ft) && verifytext_is_time(*told, ft))
		verifytally_holds(&report->tally, VERIFYTALLY_TIME);
	else
		verifytally_wrong(&report->tally, VERIFYTALLY_TIME,
				  verifyfiles_where(&report->files, place.file,
						    place.offset, where),
				  "the time %.*s (%s) does not stand there",
				  (int)told->len, (const char *)told->ptr, what);
	return STATUS_OK;
}

/* ---- changes ---- */

static void keep_time(char out[VERIFYSTORY_TIME_SIZE], struct verifytext_element element,
		      const char *name)
{
	const struct span *time = verifytext_get(element, name);

	(void)snprintf(out, VERIFYSTORY_TIME_SIZE, "%.*s", time ? (int)time->len : 0,
		       time ? (const char *)time->ptr : "");
}

static enum status begin_deletion(struct verifystory *story,
				  struct verifyplace_report *report,
				  struct verifytext_element element)
{
	*story = (struct verifystory){ .deletion = true };
	keep_time(story->earliest, element, "earliest");
	keep_time(story->latest, element, "latest");
	return check_time(report, element, "at", "filetime", "end of a profile");
}

static enum status begin_bound(struct verifystory *story,
			       struct verifyplace_report *report,
			       struct verifytext_element element)
{
	uint64_t ft = 0;

	(void)verifytext_number(element, "filetime", &ft);
	if (verifytext_is(element, "which", "latest")) {
		if (story->latest_ft == 0 || ft < story->latest_ft)
			story->latest_ft = ft;
	} else if (ft > story->earliest_ft) {
		story->earliest_ft = ft;
	}
	return check_time(report, element, "time", "filetime", "bound of a change");
}

static void check_tightest(struct verifyplace_report *report, const char *told,
			   uint64_t ft, const char *what)
{
	bool right = ft == 0 ? told[0] == '\0'
			     : verifytext_is_time(span_of(told, strlen(told)), ft);

	if (right)
		verifytally_holds(&report->tally, VERIFYTALLY_BOUND);
	else
		verifytally_wrong(&report->tally, VERIFYTALLY_BOUND, "a change",
				  "its %s time is not the tightest of the bounds that "
				  "the report has of it: %s",
				  what, told[0] ? told : "none");
}

/* ---- all of them ---- */

enum status verifystory_begin(struct verifystory *story,
			      struct verifyplace_report *report,
			      enum verifyelement element,
			      struct verifytext_element attributes)
{
	switch ((int)element) {
	case VERIFYELEMENT_SNAPSHOT:
		return begin_snapshot(report, attributes);
	case VERIFYELEMENT_COMPARISON:
		report->before = verifyplace_snapshot(report, attributes, "before");
		report->after = verifyplace_snapshot(report, attributes, "after");
		return STATUS_OK;
	case VERIFYELEMENT_STORE:
		return check_time(report, attributes, "mtime", "filetime",
				  "last write of a list");
	case VERIFYELEMENT_PROFILE:
		return begin_profile(report, attributes);
	case VERIFYELEMENT_CHANGE:
		return verifyhive_entry(report, attributes);
	case VERIFYELEMENT_DELETION:
		return begin_deletion(story, report, attributes);
	case VERIFYELEMENT_BOUND:
		return begin_bound(story, report, attributes);
	case VERIFYELEMENT_OTHER_HIVE:
		return check_text_time(report, attributes, "first_since",
				       "first write since");
	case VERIFYELEMENT_USER_FOLDER:
		return check_text_time(report, attributes, "written",
				       "last write of a key of ProfileList");
	default:
		return STATUS_OK;
	}
}

void verifystory_end(struct verifystory *story, struct verifyplace_report *report,
		     enum verifyelement element)
{
	if (element == VERIFYELEMENT_DELETION && story->deletion) {
		check_tightest(report, story->earliest, story->earliest_ft, "earliest");
		check_tightest(report, story->latest, story->latest_ft, "latest");
		story->deletion = false;
	}
	if (element == VERIFYELEMENT_COMPARISON)
		report->before = report->after = VERIFYFILES_NONE;
}
