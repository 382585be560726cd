/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of files: what may act on a shell, a terminal or a file system becomes '_', and a
 * hash of the name is added, so that two names never become one.  Names of devices, of
 * hidden files and of the index are none.
 */
#include "collection/subjects/pairingname.h"

#include "base/failure.h"
#include "base/sum/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Bytes of a name that is kept as it is: file systems take 255 with all endings. */
#define NAME_MOST 100
/* Digits of a hash that tells two of the same name apart. */
#define HASH_DIGITS 8

/* Names of devices of Windows, with any ending; and what an index is called. */
static const char *const taken[] = {
	"CON",	"PRN",	"AUX",	"NUL",	"COM1", "COM2", "COM3",	 "COM4",
	"COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2",	 "LPT3",
	"LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "index", "findings",
};

static bool is_taken(const char *name)
{
	size_t len = strcspn(name, ".");

	for (size_t i = 0; i < ARRAY_LEN(taken); i++)
		if (strlen(taken[i]) == len && strncasecmp(taken[i], name, len) == 0)
			return true;
	return false;
}

/* Beyond ASCII all is kept that can be shown: names are of people. */
static bool is_safe(unsigned char byte)
{
	return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
	       (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
	       byte == '-' || byte == '_' || byte == '.' || byte == '@' || byte == '+';
}

/* A copy with '_' for what is not safe; *changed tells.  NULL when out of memory. */
static char *make_safe(const char *name, bool *changed)
{
	size_t len = strlen(name), size = 4 * len + 1;
	char *shown = malloc(size), *safe = NULL;

	/* What acts on a terminal is spelled out in ASCII here. */
	if (shown)
		safe = strdup(failure_path(name, shown, size));
	*changed = safe && strcmp(safe, name) != 0;
	free(shown);
	for (char *byte = safe; byte && *byte; byte++)
		if (!is_safe((unsigned char)*byte) || (byte == safe && *byte == '.')) {
			*byte = '_';
			*changed = true;
		}
	len = safe ? strlen(safe) : 0;
	if (len > NAME_MOST) {
		len = NAME_MOST;
		/* not in the middle of a character */
		while (len > 0 && ((unsigned char)safe[len] & 0xC0) == 0x80)
			len--;
		safe[len] = '\0';
		*changed = true;
	}
	if (len > 0 && safe[len - 1] == '.') {
		safe[len - 1] = '_';
		*changed = true;
	}
	return safe;
}

static const char *base_of(const struct pairing_subject *subject)
{
	switch (subject->role) {
	case SUBJECT_LOCAL_SYSTEM:
		return "LocalSystem";
	case SUBJECT_TEMPLATE:
		return "template";
	case SUBJECT_USER:
	case SUBJECT_SERVICE_ACCOUNT:
	case SUBJECT_UNKNOWN:
		break;
	}
	return paired_name(subject);
}

/* What tells it from all others of that name, whatever else there is. */
static char *with_mark(const char *safe, const struct pairing_subject *subject,
		       bool by_name)
{
	const char *of = by_name || !subject->sid[0] ? base_of(subject) : subject->sid;
	struct digest digest = digest_of(span_of(of, strlen(of)));
	char hex[DIGEST_HEX_SIZE], *out = NULL;
	bool sid = !by_name && subject->sid[0];

	digest_hex(&digest, hex);
	if (asprintf(&out, "%s-%.*s", safe, sid ? (int)SUBJECT_SID_SIZE : HASH_DIGITS,
		     sid ? subject->sid : hex) < 0)
		return NULL;
	return out;
}

static enum status set_one(struct pairing_subject *subject)
{
	bool changed = false;
	char *safe = make_safe(base_of(subject), &changed);

	if (safe && (changed || is_taken(safe) || !*safe)) {
		subject->file_name = with_mark(safe, subject, true);
		free(safe);
	} else {
		subject->file_name = safe;
	}
	return subject->file_name ? STATUS_OK : STATUS_NOMEM;
}

static int by_file_name(const void *left, const void *right)
{
	const struct pairing_subject *a = *(struct pairing_subject *const *)left;
	const struct pairing_subject *b = *(struct pairing_subject *const *)right;

	return strcasecmp(a->file_name, b->file_name);
}

/* Gives the n subjects from `all` on, which have one name, names of their own. */
static enum status part(struct pairing_subject **all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *name = with_mark(all[i]->file_name, all[i], false);
		if (!name)
			return STATUS_NOMEM;
		free(all[i]->file_name);
		all[i]->file_name = name;
	}
	return STATUS_OK;
}

static enum status part_all(struct pairing_subject **all, size_t n)
{
	enum status status = STATUS_OK;

	qsort(all, n, sizeof(struct pairing_subject *), by_file_name);
	for (size_t i = 0, next; i < n && status == STATUS_OK; i = next) {
		for (next = i + 1; next < n && by_file_name(&all[i], &all[next]) == 0;)
			next++;
		if (next > i + 1)
			status = part(&all[i], next - i);
	}
	return status;
}

/* Somebody may be called as another one's name became. */
static enum status number_rest(struct pairing_subject **all, size_t n)
{
	qsort(all, n, sizeof(struct pairing_subject *), by_file_name);
	for (size_t i = 1; i < n; i++) {
		char *name = NULL;
		if (by_file_name(&all[i - 1], &all[i]) != 0)
			continue;
		if (asprintf(&name, "%s~%zu", all[i]->file_name, i) < 0)
			return STATUS_NOMEM;
		free(all[i]->file_name);
		all[i]->file_name = name;
	}
	return STATUS_OK;
}

enum status pairingname_set(struct pairing *pairing)
{
	struct pairing_subject **all = calloc(pairing->n + 1, sizeof(*all));
	enum status status = all ? STATUS_OK : STATUS_NOMEM;

	for (size_t i = 0; status == STATUS_OK && i < pairing->n; i++) {
		all[i] = &pairing->items[i];
		status = set_one(all[i]);
	}
	if (status == STATUS_OK)
		status = part_all(all, pairing->n);
	if (status == STATUS_OK)
		status = number_rest(all, pairing->n);
	free(all);
	return status;
}
