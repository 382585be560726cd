/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collection/subjects/machines.h"

#include "machine/machinesystem.h"

#include <stdlib.h>
#include <string.h>

/* The SYSTEM hive of a running machine, and not a copy that it made of itself. */
static bool is_in_use(const struct finds *finds, const struct whose_hive *hive)
{
	const struct place *place = &finds->items[hive->found].place;

	return hive->kind == WHOSE_SYSTEM && place->shadow_copy == 0 &&
	       (place->layout == PLACE_LIVE || place->layout == PLACE_UNKNOWN);
}

/* The next one of that operand from `from` on; the number of hives if there is none. */
static size_t next_of(const struct finds *finds, const struct whose *whose,
		      size_t operand, size_t from)
{
	while (from < whose->n &&
	       (finds->items[whose->items[from].found].operand != operand ||
		!is_in_use(finds, &whose->items[from])))
		from++;
	return from;
}

/* *name: what the machine is called, to be freed; NULL if the hive does not tell. */
static enum status read_name(const struct found *found,
			     const struct evidence_opener *opener, char **name,
			     struct failure *failure)
{
	struct machine_system *system = NULL;
	struct snapshot_source source = {
		.path = found->path,
		.opener = opener,
		.machine = true,
		.number = STAGE_NO_HIVE,
	};
	enum status status = machinesystem_read(&source, &system, failure);

	*name = NULL;
	if (status == STATUS_OK && text_length(system->computer_name) > 0) {
		*name = text_to_utf8(system->computer_name, NULL);
		status = *name ? STATUS_OK : STATUS_NOMEM;
	}
	machinesystem_free(system);
	/* One that cannot be read is told where it is used. */
	return status == STATUS_NOMEM ? status : STATUS_OK;
}

static enum status refuse(const struct found_operand *operand, const char *a,
			  const char *b, struct failure *failure)
{
	char path[4200], first[300], second[300];

	failure_set(
		failure,
		"%s: holds more than one machine, %s and %s; give the folder of each by "
		"itself",
		failure_path(operand->path, path, sizeof(path)),
		failure_path(a, first, sizeof(first)),
		failure_path(b, second, sizeof(second)));
	return STATUS_UNSUPPORTED;
}

static enum status check_operand(const struct finds *finds, const struct whose *whose,
				 size_t operand, const struct evidence_opener *opener,
				 struct failure *failure)
{
	char *first = NULL, *name = NULL;
	enum status status = STATUS_OK;
	size_t i = next_of(finds, whose, operand, 0);

	if (next_of(finds, whose, operand, i + 1) >= whose->n)
		return STATUS_OK;
	for (; status == STATUS_OK && i < whose->n;
	     i = next_of(finds, whose, operand, i + 1)) {
		status = read_name(&finds->items[whose->items[i].found], opener, &name,
				   failure);
		if (!name)
			continue;
		if (first && !subject_is_same_name(first, name))
			status = refuse(&finds->operands[operand], first, name, failure);
		if (!first)
			first = STEAL(name);
		free(name);
		name = NULL;
	}
	free(first);
	return status;
}

enum status machines_check(const struct finds *finds, const struct whose *whose,
			   const struct evidence_opener *opener, struct failure *failure)
{
	for (size_t i = 0; i < finds->n_operands; i++)
		RETURN_IF_FAILED(check_operand(finds, whose, i, opener, failure));
	return STATUS_OK;
}
