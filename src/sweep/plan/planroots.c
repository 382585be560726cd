/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Machines of two roots, matched by their names. */
#include "sweep/plan/planroots.h"

#include "base/array.h"
#include "base/text.h"
#include "collection/filekind.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One that a root holds; both texts are its own. */
struct entry {
	char *machine; /* what its name tells, upper case: the key of the match */
	char *shown;   /* the same as it is written */
	char *name;    /* the name of the folder or archive */
	bool used;
};

struct entries {
	char *root; /* as it was given, without "/" at its end */
	struct entry *items;
	size_t n, cap;
};

static void entries_clear(struct entries *entries)
{
	for (size_t i = 0; i < entries->n; i++) {
		free(entries->items[i].machine);
		free(entries->items[i].shown);
		free(entries->items[i].name);
	}
	free(entries->items);
	free(entries->root);
}

/* Case as Windows ignores it in names.  Return: malloc'ed; NULL when out of memory. */
static char *without_case(const char *name)
{
	struct text text = { 0 };
	char *out = NULL, *at;

	if (!text_from_utf8(name, strlen(name), &text))
		return NULL;
	at = out = calloc(text_length(text) + 1, 3);
	for (size_t i = 0; out && i < text_length(text);) {
		uint32_t c = text_next(text, &i);
		if (c < 0x10000)
			c = text_upcase((uint16_t)c);
		if (unicode_is_surrogate(c))
			c = UNICODE_REPLACEMENT;
		at += unicode_to_utf8(c, at);
	}
	if (out)
		*at = '\0';
	text_free(text);
	return out;
}

/* ---- what a root holds ---- */

static enum status add_entry(struct entries *entries, const char *name, bool is_folder)
{
	char machine[NAME_MAX + 1];

	if (!unitname_machine(name, is_folder, machine, sizeof(machine)))
		return STATUS_OK;
	RETURN_IF_FAILED(ARRAY_RESERVE(entries, PLAN_MAX));
	struct entry *entry = &entries->items[entries->n];
	*entry = (struct entry){ .machine = without_case(machine),
				 .shown = strdup(machine),
				 .name = strdup(name) };
	entries->n++;
	return entry->machine && entry->shown && entry->name ? STATUS_OK : STATUS_NOMEM;
}

/* What the bytes of a file say. */
static enum status kind_of(int folder, const char *name, enum filekind *kind)
{
	uint8_t head[FILEKIND_HEAD];
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof(head));

	if (fd >= 0)
		close(fd);
	*kind = FILEKIND_UNREAD;
	return n < 0 ? STATUS_OK
		     : filekind_of(span_of(head, (size_t)n), (uint64_t)n, name, kind);
}

static bool is_packed(enum filekind kind)
{
	return kind == FILEKIND_ARCHIVE || kind == FILEKIND_COMPRESSED ||
	       kind == FILEKIND_ARCHIVE_OTHER;
}

static enum status look_at(int folder, const char *name, struct entries *entries,
			   struct voice *voice)
{
	enum filekind kind = FILEKIND_OTHER;
	struct stat st;

	if (fstatat(folder, name, &st, 0) != 0) {
		voice_fault(voice, "%s/%s: %s", entries->root, name, strerror(errno));
		return STATUS_OK;
	}
	if (S_ISDIR(st.st_mode))
		return add_entry(entries, name, true);
	if (S_ISREG(st.st_mode))
		RETURN_IF_FAILED(kind_of(folder, name, &kind));
	if (is_packed(kind))
		return add_entry(entries, name, false);
	if (kind == FILEKIND_UNREAD)
		voice_fault(voice, "%s/%s: could not be read", entries->root, name);
	else
		voice_say(voice, "%s/%s: is neither a folder nor an archive; left out",
			  entries->root, name);
	return STATUS_OK;
}

static int by_machine(const void *a, const void *b)
{
	const struct entry *first = a, *second = b;
	int order = strcmp(first->machine, second->machine);

	return order ? order : strcmp(first->name, second->name);
}

static enum status read_root(struct entries *entries, struct voice *voice,
			     struct failure *failure)
{
	char shown[4200];
	DIR *folder = opendir(entries->root);
	enum status status = STATUS_OK;

	if (!folder) {
		failure_set(failure, "%s: %s",
			    failure_path(entries->root, shown, sizeof(shown)),
			    strerror(errno));
		return STATUS_IO;
	}
	for (struct dirent *item; status == STATUS_OK && (item = readdir(folder));)
		if (item->d_name[0] != '.')
			status = look_at(dirfd(folder), item->d_name, entries, voice);
	(void)closedir(folder);
	if (entries->n > 0)
		qsort(entries->items, entries->n, sizeof(*entries->items), by_machine);
	return status;
}

/* ---- the match ---- */

/* How many entries from i on are of the same machine. */
static size_t run_of(const struct entries *entries, size_t i)
{
	size_t n = 1;

	while (i + n < entries->n &&
	       strcmp(entries->items[i].machine, entries->items[i + n].machine) == 0)
		n++;
	return n;
}

static char *path_of(const char *root, const char *name)
{
	char *path = NULL;

	/* A root such as "-x" would be an option. */
	if (asprintf(&path, "%s%s/%s", root[0] == '-' ? "./" : "", root, name) < 0)
		return NULL;
	return path;
}

/* The name of the unit is that of the machine as the later root writes it. */
static enum status add_unit(struct plan *plan, const struct entries roots[2],
			    const size_t at[2], struct voice *voice)
{
	struct unit unit = { .n = 2 };
	const struct entry *later = &roots[1].items[at[1]];

	if (!unitname_encode(later->shown, unit.name)) {
		voice_fault(voice, "%s/%s: the name is too long for a unit",
			    roots[1].root, later->name);
		return STATUS_OK;
	}
	unit.arguments = calloc(3, sizeof(*unit.arguments));
	if (!unit.arguments)
		return STATUS_NOMEM;
	for (size_t i = 0; i < 2; i++) {
		unit.arguments[i] = path_of(roots[i].root, roots[i].items[at[i]].name);
		if (!unit.arguments[i]) {
			planline_clear(&unit);
			return STATUS_NOMEM;
		}
	}
	enum status status = plan_add(plan, &unit);
	planline_clear(&unit);
	return status;
}

/* What stands in no unit, and why. */
static enum status leave_out(struct plan *plan, const struct entries *entries, size_t i,
			     const char *why, const struct voice *voice)
{
	const char *name = entries->items[i].name;
	char *escaped = planline_escape(name), *root = planline_escape(entries->root);
	char *note = NULL;
	enum status status = STATUS_NOMEM;

	voice_say(voice, "%s/%s: %s", entries->root, name, why);
	if (escaped && root &&
	    asprintf(&note, "unmatched\t%s/%s\t%s", root, escaped, why) >= 0) {
		status = plan_note(plan, note);
		free(note);
	}
	free(escaped);
	free(root);
	return status;
}

static enum status leave_run(struct plan *plan, const struct entries *entries, size_t i,
			     size_t n, const char *why, const struct voice *voice)
{
	for (size_t k = 0; k < n; k++)
		RETURN_IF_FAILED(leave_out(plan, entries, i + k,
					   n > 1 ? "several here have this name" : why,
					   voice));
	return STATUS_OK;
}

static enum status match(struct plan *plan, const struct entries roots[2],
			 struct voice *voice, size_t *unmatched)
{
	size_t at[2] = { 0, 0 };

	while (at[0] < roots[0].n || at[1] < roots[1].n) {
		int order = at[0] == roots[0].n	  ? 1
			    : at[1] == roots[1].n ? -1
						  : strcmp(roots[0].items[at[0]].machine,
							   roots[1].items[at[1]].machine);
		size_t n[2] = { order <= 0 ? run_of(&roots[0], at[0]) : 0,
				order >= 0 ? run_of(&roots[1], at[1]) : 0 };
		if (n[0] == 1 && n[1] == 1) {
			RETURN_IF_FAILED(add_unit(plan, roots, at, voice));
		} else {
			*unmatched += n[0] + n[1];
			RETURN_IF_FAILED(leave_run(plan, &roots[0], at[0], n[0],
						   n[1] ? "several are called so later"
							: "nothing is called so later",
						   voice));
			RETURN_IF_FAILED(leave_run(plan, &roots[1], at[1], n[1],
						   n[0] ? "several are called so before"
							: "nothing is called so before",
						   voice));
		}
		at[0] += n[0];
		at[1] += n[1];
	}
	return STATUS_OK;
}

/* One way to write a root.  Return: malloc'ed; NULL when out of memory. */
static char *without_end(const char *root)
{
	size_t n = strlen(root);

	while (n > 1 && root[n - 1] == '/')
		n--;
	return strndup(root, n);
}

enum status planroots_read(const char *before, const char *after, struct voice *voice,
			   struct plan *out, size_t *unmatched, struct failure *failure)
{
	struct entries roots[2] = { { .root = without_end(before) },
				    { .root = without_end(after) } };
	enum status status;

	*unmatched = 0;
	*out = (struct plan){ 0 };
	status = !roots[0].root || !roots[1].root ? STATUS_NOMEM
		 : plan_here(out, failure)	  ? STATUS_OK
						  : STATUS_IO;
	for (size_t i = 0; i < 2 && status == STATUS_OK; i++)
		status = read_root(&roots[i], voice, failure);
	if (status == STATUS_OK)
		status = match(out, roots, voice, unmatched);
	if (status == STATUS_LIMIT)
		failure_set(failure, "more than 1,000,000 machines");
	for (size_t i = 0; i < 2; i++)
		entries_clear(&roots[i]);
	if (status != STATUS_OK)
		plan_clear(out);
	return status;
}
