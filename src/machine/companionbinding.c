/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Evidence of two machines must not be weighed as if it were of one.  A SYSTEM hive says
 * what its machine is called; listings and event logs of others fall.  Without it they are
 * held against each other: two that share no name are of two machines, and which of these
 * is the users', nothing tells.
 *
 * A machine may have been renamed: then its log has events under both names, and one that
 * fits is enough.
 */
#include "machine/companionbinding.h"

#include "machine/machinename.h"

#include <stdlib.h>

/* Names of one log: more has only one in which the events of many machines are gathered. */
#define MAX_NAMES 16

/* What says of itself where it is from. */
struct named {
	const char *names[MAX_NAMES]; /* borrowed */
	size_t n;
	bool more; /* than fit: it may be of any machine */
	struct diag_list *diags;
	bool *foreign;
	const char *what; /* for its sentence */
};

static void add_name(struct named *named, const char *name)
{
	/* Of a log, most events have the name of the one before. */
	for (size_t i = named->n; i-- > 0;)
		if (machinename_same(named->names[i], name))
			return;
	if (named->n < MAX_NAMES)
		named->names[named->n++] = name;
	else
		named->more = true;
}

static size_t collect(const struct companionbinding *given, struct named *out)
{
	size_t n = 0;

	for (size_t i = 0; i < given->n_listings; i++) {
		struct listing *listing = given->listings[i];
		out[n] = (struct named){ .diags = listing->diags,
					 .foreign = &listing->foreign,
					 .what = "this listing was taken on" };
		if (listing->machine)
			add_name(&out[n], listing->machine);
		n += out[n].n > 0;
	}
	for (size_t i = 0; i < given->n_events; i++) {
		struct eventlog *log = given->events[i];
		out[n] = (struct named){ .diags = log->diags,
					 .foreign = &log->foreign,
					 .what = "the last events were logged by" };
		for (size_t k = log->n_events; k-- > 0 && !out[n].more;)
			if (log->events[k].computer && *log->events[k].computer)
				add_name(&out[n], log->events[k].computer);
		n += out[n].n > 0;
	}
	return n;
}

static bool shares_name(const struct named *a, const struct named *b)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			if (machinename_same(a->names[i], b->names[k]))
				return true;
	return a->more || b->more;
}

static void hold_against_system(struct named *all, size_t n, const char *machine)
{
	struct named system = { .names = { machine }, .n = 1 };

	for (size_t i = 0; i < n; i++) {
		if (shares_name(&all[i], &system))
			continue;
		*all[i].foreign = true;
		diag_at(all[i].diags, DIAG_MACHINES_DIFFER, DIAG_NOWHERE,
			"%s %s, and the SYSTEM hive is of %s: nothing is concluded from it",
			all[i].what, all[i].names[0], machine);
	}
}

static void hold_against_each_other(struct named *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n && !*all[i].foreign; k++) {
			if (shares_name(&all[i], &all[k]))
				continue;
			*all[i].foreign = true;
			diag_at(all[i].diags, DIAG_MACHINES_DIFFER, DIAG_NOWHERE,
				"%s %s, and another file beside the hives is of %s: which "
				"of them the hives are of is not known without a SYSTEM "
				"hive, so nothing is concluded from it",
				all[i].what, all[i].names[0], all[k].names[0]);
		}
}

enum status companionbinding_decide(const struct companionbinding *given)
{
	const struct machine_system *system = given->system;
	struct named *all = calloc(given->n_listings + given->n_events + 1, sizeof(*all));
	char *machine = system ? text_to_utf8(system->computer_name, NULL) : NULL;
	enum status status = all && (machine || !system) ? STATUS_OK : STATUS_NOMEM;

	if (status == STATUS_OK) {
		size_t n = collect(given, all);
		if (machine && *machine)
			hold_against_system(all, n, machine);
		else
			hold_against_each_other(all, n);
	}
	free(machine);
	free(all);
	return status;
}
