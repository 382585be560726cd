/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/inputs.h"

#include <stdlib.h>

/* ---- the list ---- */

static void add(struct inputs *inputs, struct input input)
{
	input.number = inputs->n + 1;
	inputs->paths[inputs->n] = input.evidence->path;
	inputs->items[inputs->n++] = input;
}

static void add_logs(struct inputs *inputs, const struct snapshot *snapshot, bool beside)
{
	for (size_t i = 0; i < snapshot->n_logs; i++)
		add(inputs, (struct input){ .kind = INPUT_LOG,
					    .index = i,
					    .beside = beside,
					    .evidence = snapshot->logs[i],
					    .snapshot = snapshot });
}

static void add_hive(struct inputs *inputs, const struct snapshot *snapshot)
{
	add(inputs, (struct input){ .kind = INPUT_HIVE,
				    .evidence = snapshot->evidence,
				    .snapshot = snapshot,
				    .diags = snapshot->diags });
	add_logs(inputs, snapshot, false);
}

static void add_companion(struct inputs *inputs, const struct companion *companion)
{
	add(inputs, (struct input){ .kind = INPUT_COMPANION,
				    .role = companion->role,
				    .index = companion->index,
				    .beside = true,
				    .evidence = companion->evidence,
				    .snapshot = companion->snapshot,
				    .diags = companion->diags });
	if (companion->snapshot)
		add_logs(inputs, companion->snapshot, true);
}

static struct inputs *new_list(size_t n_most)
{
	struct inputs *inputs = calloc(1, sizeof(*inputs));

	if (!inputs)
		return NULL;
	inputs->items = calloc(n_most + 1, sizeof(*inputs->items));
	inputs->paths = calloc(n_most + 1, sizeof(*inputs->paths));
	if (inputs->items && inputs->paths)
		return inputs;
	inputs_free(inputs);
	return NULL;
}

enum status inputs_list_all(const struct series *const *series, size_t n,
			    const struct companions *companions, struct inputs **out)
{
	struct companion all[COMPANIONS_MAX];
	size_t n_beside = companions ? companions_list(companions, all) : 0;
	size_t n_hives = n_beside;
	struct inputs *inputs;

	for (size_t i = 0; i < n; i++)
		n_hives += series[i]->n_snapshots;
	/* Each with all the logs that it may have. */
	inputs = new_list(n_hives * (1 + REPLAY_MAX_LOGS));
	if (!inputs)
		return STATUS_NOMEM;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < series[i]->n_snapshots; k++)
			if (!series[i]->snapshots[k]->borrowed)
				add_hive(inputs, series[i]->snapshots[k]);
	for (size_t i = 0; i < n_beside; i++)
		add_companion(inputs, &all[i]);
	*out = inputs;
	return STATUS_OK;
}

enum status inputs_list(const struct series *series, const struct companions *companions,
			struct inputs **out)
{
	return inputs_list_all(&series, 1, companions, out);
}

void inputs_free(struct inputs *inputs)
{
	if (!inputs)
		return;
	free(inputs->items);
	free(inputs->paths);
	free(inputs);
}

/* ---- what is asked of it ---- */

size_t inputs_number(const struct inputs *inputs, const struct evidence *file)
{
	for (size_t i = 0; file && i < inputs->n; i++)
		if (inputs->items[i].evidence == file)
			return inputs->items[i].number;
	return 0;
}

const char *inputs_role_word(const struct input *input)
{
	switch (input->kind) {
	case INPUT_HIVE:
		return snapshot_is_export(input->snapshot) ? "reg" : "hive";
	case INPUT_LOG:
		return "log";
	case INPUT_COMPANION:
		return companions_role_word(input->role);
	}
	return "other";
}
