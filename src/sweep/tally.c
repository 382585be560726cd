/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counting outcomes, as they come. */
#include "sweep/tally.h"

#include "sweep/sweepfolder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ENDING ".tsv"

static uint64_t hash_of(const char *name)
{
	char folded[UNITNAME_SIZE];

	unitname_fold(name, folded);
	return hashtable_hash(0, span_of(folded, strlen(folded)));
}

enum status tally_start(const struct plan *plan, struct tally *out)
{
	*out = (struct tally){ .n = plan->n, .kinds = malloc(plan->n + 1) };
	enum status status = out->kinds ? STATUS_OK : STATUS_NOMEM;

	if (out->kinds)
		memset(out->kinds, TALLY_LEFT, plan->n + 1);
	for (size_t i = 0; i < plan->n && status == STATUS_OK; i++) {
		size_t number = i;
		bool known;
		status = hashtable_add(&out->names, hash_of(plan->items[i].name), &number,
				       &known);
	}
	if (status != STATUS_OK)
		tally_clear(out);
	return status;
}

static void add(struct tally *tally, size_t i, const struct outcome *outcome)
{
	tally->kinds[i] = (uint8_t)outcome->kind;
	tally->counts[outcome->kind]++;
	tally->settled++;
	tally->lost += outcome->kind == OUTCOME_COMPARED && outcome->status == 1;
	tally->ms += outcome->ms;
}

/* The outcome in the file, if it is one of a unit that had none. */
static enum status look_at(struct tally *tally, const char *folder, const char *file)
{
	size_t len = strlen(file), number = SIZE_MAX;
	char name[UNITNAME_SIZE];
	struct outcome outcome;
	bool known;

	if (len <= strlen(ENDING) || len - strlen(ENDING) > UNITNAME_MAX ||
	    strcmp(file + len - strlen(ENDING), ENDING) != 0)
		return STATUS_OK;
	memcpy(name, file, len - strlen(ENDING));
	name[len - strlen(ENDING)] = '\0';
	RETURN_IF_FAILED(hashtable_add(&tally->names, hash_of(name), &number, &known));
	if (!known || number >= tally->n || tally->kinds[number] != TALLY_LEFT)
		return STATUS_OK;
	char *path = sweepfolder_of_unit(folder, SWEEPFOLDER_OUTCOME, name);
	if (!path)
		return STATUS_NOMEM;
	if (outcome_read(path, &outcome) == STATUS_OK && strcmp(outcome.unit, name) == 0)
		add(tally, number, &outcome);
	free(path);
	return STATUS_OK;
}

enum status tally_look(struct tally *tally, const char *folder)
{
	char *path = sweepfolder_path(folder, "outcomes");
	DIR *outcomes = path ? opendir(path) : NULL;
	enum status status = !path ? STATUS_NOMEM : outcomes ? STATUS_OK : STATUS_IO;
	int error = errno;

	for (struct dirent *item; status == STATUS_OK && (item = readdir(outcomes));)
		status = look_at(tally, folder, item->d_name);
	if (outcomes)
		(void)closedir(outcomes);
	free(path);
	errno = error;
	return status;
}

void tally_clear(struct tally *tally)
{
	free(tally->kinds);
	hashtable_clear(&tally->names);
	*tally = (struct tally){ 0 };
}

size_t tally_failed(const struct tally *tally)
{
	return tally->settled - tally->counts[OUTCOME_COMPARED] -
	       tally->counts[OUTCOME_INCOMPLETE];
}

int tally_exit_status(const struct tally *tally)
{
	if (tally->counts[OUTCOME_COMPARED] < tally->n)
		return 2;
	return tally->lost > 0;
}
