/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A hive that a later collection lacks is gone only if that collection holds the folder
 * in which it should lie, and all of that folder could be looked at: the user's own
 * folder, or the one above it, if that has hives of others, so that it was collected for
 * its hives.  Files that were given one by one hold no places.  Another hive in its place,
 * a file there that could not be read, or a hive of which nothing tells whose it is: each
 * may be the one that is missing, so nothing can be told then.  A .reg export has no
 * place in which it should lie: one that a later collection lacks proves nothing.
 */
#include "collection/subjects/pairinggap.h"

#include "base/failure.h"
#include "base/path.h"
#include "snapshot/subject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- collections ---- */

static bool is_collection(const struct finds *finds, size_t operand)
{
	return finds->operands[operand].kind != FOUND_FILE;
}

/* When the newest of a collection's hives of users was written. */
static uint64_t newest_in(const struct finds *finds, const struct whose *whose,
			  size_t operand)
{
	uint64_t newest = 0;

	for (size_t i = 0; i < whose->n; i++)
		if (whose->items[i].kind == WHOSE_USERS &&
		    finds->items[whose->items[i].found].operand == operand &&
		    whose->items[i].written_ft > newest)
			newest = whose->items[i].written_ft;
	return newest;
}

/* The last collection; the number of operands if there are fewer than two. */
static size_t last_collection(const struct finds *finds, const struct whose *whose,
			      bool by_time)
{
	size_t n = 0, last = finds->n_operands;
	uint64_t newest = 0;

	for (size_t i = 0; i < finds->n_operands; i++) {
		uint64_t time = by_time ? newest_in(finds, whose, i) : 0;
		if (!is_collection(finds, i))
			continue;
		n++;
		if (time >= newest) {
			newest = time;
			last = i;
		}
	}
	return n < 2 ? finds->n_operands : last;
}

/* ---- places ---- */

static bool is_same_drive(char a, char b)
{
	return !a || !b || a == b;
}

static bool is_same_user(const char *a, const char *b)
{
	return a && b ? subject_is_same_name(a, b) : !a && !b;
}

/* The part of a path inside of its operand. */
static const char *inside_of(const struct finds *finds, const char *path, size_t operand)
{
	size_t len = strlen(finds->operands[operand].path);

	return strlen(path) < len ? path : path + len + strspn(path + len, "/");
}

/* The folder in which a hive lies: len bytes of text. */
struct gap_folder {
	const char *text;
	size_t len;
};

static bool is_same_text(struct gap_folder a, struct gap_folder b)
{
	return a.len == b.len && strncasecmp(a.text, b.text, a.len) == 0;
}

static struct gap_folder last_name(struct gap_folder folder)
{
	size_t start = folder.len;

	while (start > 0 && folder.text[start - 1] != '/' &&
	       folder.text[start - 1] != '\\')
		start--;
	return (struct gap_folder){ folder.text + start, folder.len - start };
}

/* Without its last name; empty if it has no other. */
static struct gap_folder above(struct gap_folder folder)
{
	size_t len = folder.len - last_name(folder).len;

	return (struct gap_folder){ folder.text, len > 0 ? len - 1 : 0 };
}

static struct gap_folder folder_of(const struct finds *finds, const struct found *found)
{
	const char *inside = inside_of(finds, found->path, found->operand);
	size_t len = place_folder(found->path, false);
	size_t before = (size_t)(inside - found->path);

	return (struct gap_folder){ inside, len > before ? len - before : 0 };
}

static struct gap_folder text_of_folder(const struct finds *finds,
					const struct found_folder *folder)
{
	const char *inside = inside_of(finds, folder->path, folder->operand);

	return (struct gap_folder){ inside, strlen(inside) };
}

/* True if a folder of another collection is, by its path, the one that is looked for. */
static bool is_folder(const struct finds *finds, const struct found_folder *folder,
		      const struct place *place, const char *user,
		      struct gap_folder wanted)
{
	struct gap_folder text = text_of_folder(finds, folder);

	if (is_same_text(text, wanted))
		return true;
	return folder->place.layout == place->layout &&
	       folder->place.number == place->number &&
	       folder->place.shadow_copy == place->shadow_copy &&
	       is_same_drive(folder->place.drive, place->drive) &&
	       is_same_user(folder->place.user, user) &&
	       is_same_text(last_name(text), last_name(wanted));
}

/* ---- what may be the missing one ---- */

static bool is_same_place(const struct place *a, const struct place *b)
{
	return a->layout == b->layout && a->number == b->number &&
	       a->shadow_copy == b->shadow_copy && is_same_drive(a->drive, b->drive) &&
	       is_same_user(a->user, b->user) && a->default_hive == b->default_hive &&
	       a->service == b->service && a->template_user == b->template_user &&
	       strcmp(a->sid, b->sid) == 0;
}

/* Why it cannot be told, a static text; NULL if nothing stands against it. */
static const char *doubt_of(const struct finds *finds, const struct whose *whose,
			    size_t operand, const struct place *place)
{
	for (size_t i = 0; i < whose->n; i++) {
		const struct whose_hive *hive = &whose->items[i];
		const struct found *found = &finds->items[hive->found];
		if (found->operand != operand)
			continue;
		if (hive->kind == WHOSE_UNREAD)
			return finds->items[hive->found].kind == FILEKIND_REG
				       ? "a .reg file there could not be read"
				       : "a hive there could not be read";
		if (hive->kind != WHOSE_USERS)
			continue;
		if (!hive->sid[0] && !hive->name && hive->role == SUBJECT_UNKNOWN)
			return whose_is_export(hive)
				       ? "nothing tells whose a .reg export there is"
				       : "nothing tells whose a hive there is";
		if (!whose_is_export(hive) && is_same_place(&found->place, place))
			return "another one lies in its place";
	}
	for (size_t i = 0; i < finds->n; i++)
		if (finds->items[i].operand == operand &&
		    finds->items[i].kind == FILEKIND_UNREAD)
			return "a file there could not be read";
	return NULL;
}

/* Some hive of a user lies in that folder, or in one right below it. */
static bool holds_others(const struct finds *finds, const struct whose *whose,
			 const struct found_folder *folder)
{
	struct gap_folder text = text_of_folder(finds, folder);

	for (size_t i = 0; i < whose->n; i++) {
		const struct found *found = &finds->items[whose->items[i].found];
		if (whose->items[i].kind == WHOSE_USERS &&
		    !whose_is_export(&whose->items[i]) &&
		    found->operand == folder->operand && found->place.user &&
		    is_same_text(above(folder_of(finds, found)), text))
			return true;
	}
	return false;
}

/*
 * The folder of the later collection that was read and has to have it; NULL if there is
 * none.  *cut: such a folder is there, but could not be looked at whole.
 */
static const struct found_folder *find_folder(const struct finds *finds,
					      const struct whose *whose, size_t operand,
					      const struct found *hive, bool *cut)
{
	struct gap_folder own = folder_of(finds, hive);
	const struct place *place = &hive->place;
	const struct found_folder *users = NULL;

	for (size_t i = 0; own.len > 0 && i < finds->n_folders; i++) {
		const struct found_folder *folder = &finds->folders[i];
		if (folder->operand != operand)
			continue;
		bool is_own = is_folder(finds, folder, place, place->user, own);
		bool is_above = !is_own && place->user &&
				is_folder(finds, folder, place, NULL, above(own)) &&
				holds_others(finds, whose, folder);
		*cut |= (is_own || is_above) && !folder->whole;
		if (is_own)
			return folder->whole ? folder : NULL;
		if (is_above && folder->whole)
			users = folder;
	}
	return users;
}

/* ---- the subject ---- */

/*
 * The newest hive of it that lies where Windows has it, else the newest one;
 * NULL if only exports have it.
 */
static const struct found *newest_of(const struct pairing_subject *subject)
{
	const struct found *newest = NULL;

	for (size_t i = subject->n; i > 0; i--) {
		const struct found *found = subject->sources[i - 1].found;
		if (whose_is_export(subject->sources[i - 1].hive))
			continue;
		if (found->place.layout == PLACE_LIVE && found->place.shadow_copy == 0)
			return found;
		newest = newest ? newest : found;
	}
	return newest;
}

static enum status tell_missing(const struct finds *finds, const struct whose *whose,
				size_t last, struct pairing_subject *subject)
{
	const struct found *hive = newest_of(subject);
	const char *doubt = hive ? doubt_of(finds, whose, last, &hive->place)
				 : "the .reg export that is missing has no place there";
	bool cut = false;
	const struct found_folder *folder =
		hive ? find_folder(finds, whose, last, hive, &cut) : NULL;
	char *shown = malloc(4200), *where = malloc(4200);
	int n = -1;

	if (!doubt && !folder)
		doubt = cut ? "the folder in which it should lie could not be read whole"
			    : "it does not hold the folder in which it should lie";
	subject->gap = doubt ? PAIRING_CANNOT_TELL : PAIRING_HIVE_GONE;
	if (shown && where)
		n = doubt ? asprintf(
				    &subject->why, "%s has no hive of it, but %s",
				    failure_path(finds->operands[last].path, shown, 4200),
				    doubt)
			  : asprintf(
				    &subject->why,
				    "the whole hive is not in %s; %s was read",
				    failure_path(finds->operands[last].path, shown, 4200),
				    failure_path(folder->path, where, 4200));
	free(shown);
	free(where);
	if (n < 0)
		subject->why = NULL;
	return n < 0 ? STATUS_NOMEM : STATUS_OK;
}

static enum status tell_new(const struct finds *finds, size_t last,
			    struct pairing_subject *subject)
{
	char shown[4200];

	subject->gap = PAIRING_ONLY_LATER;
	if (asprintf(&subject->why, "only %s has %s of it",
		     failure_path(finds->operands[last].path, shown, sizeof(shown)),
		     newest_of(subject) ? "a hive" : "an export") < 0) {
		subject->why = NULL;
		return STATUS_NOMEM;
	}
	return STATUS_OK;
}

enum status pairinggap_decide(const struct finds *finds, const struct whose *whose,
			      bool by_time, struct pairing_subject *subject)
{
	size_t last = last_collection(finds, whose, by_time);
	bool has_last = false, has_earlier = false, in_collection = false;

	if (last == finds->n_operands)
		return STATUS_OK;
	for (size_t i = 0; i < subject->n; i++) {
		size_t operand = subject->sources[i].found->operand;
		/* Where times give the order, all others are earlier ones. */
		bool is_last = by_time ? operand == last : operand >= last;
		has_last |= is_last;
		has_earlier |= !is_last;
		in_collection |= !is_last && is_collection(finds, operand);
	}
	if (!has_last && in_collection)
		return tell_missing(finds, whose, last, subject);
	if (has_last && !has_earlier)
		return tell_new(finds, last, subject);
	return STATUS_OK;
}
