/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two machines show by the names in their SYSTEM hives; by the accounts that ProfileList of
 * their SOFTWARE hives has: domains and machines have ids of their own, and of two lists
 * each has one that the other lacks, if Windows was not installed at one moment for both;
 * or by the names that Velociraptor gives its collections.  What event logs and listings
 * say is held against each other where they are read (machine/companionbinding.c).
 */
#include "collection/subjects/machines.h"

#include "collection/origin.h"
#include "machine/machinename.h"
#include "machine/machinesoftware.h"
#include "machine/machinesystem.h"
#include "snapshot/accountid.h"

#include <stdlib.h>
#include <string.h>

/* What all steps share. */
struct work {
	const struct finds *finds;
	const struct whose *whose;
	const struct evidence_opener *opener;
	struct failure *failure;
	size_t operand; /* at hand */
};

/* The hive of a running machine, and not a copy that it made of itself. */
static bool is_in_use(const struct place *place)
{
	return place->shadow_copy == 0 &&
	       (place->layout == PLACE_LIVE || place->layout == PLACE_UNKNOWN);
}

/*
 * The next hive in use of that kind and the operand at hand from `from` on; the number of
 * hives if there is none.
 */
static size_t next_of(const struct work *work, enum whose_kind kind, size_t from)
{
	const struct whose *whose = work->whose;

	for (; from < whose->n; from++) {
		const struct found *found = &work->finds->items[whose->items[from].found];
		if (whose->items[from].kind == kind && found->operand == work->operand &&
		    is_in_use(&found->place))
			break;
	}
	return from;
}

static bool has_two(const struct work *work, enum whose_kind kind)
{
	size_t first = next_of(work, kind, 0);

	return next_of(work, kind, first + 1) < work->whose->n;
}

static struct snapshot_source source_of(const struct work *work, size_t hive)
{
	return snapshot_source_beside(
		work->finds->items[work->whose->items[hive].found].path, work->opener);
}

/* what: of which the one tells a and the other b. */
static enum status refuse(const struct work *work, const char *what, const char *a,
			  const char *b)
{
	const char *operand = work->finds->operands[work->operand].path;
	char path[4200], first[300], second[300];

	failure_set(work->failure,
		    "%s: holds more than one machine%s, %s and %s; give the folder of "
		    "each by itself",
		    failure_path(operand, path, sizeof(path)), what,
		    failure_path(a, first, sizeof(first)),
		    failure_path(b, second, sizeof(second)));
	return STATUS_UNSUPPORTED;
}

/* ---- names in SYSTEM hives ---- */

/* *name: what the machine is called, to be freed; NULL if the hive does not tell. */
static enum status read_name(const struct work *work, size_t hive, char **name)
{
	struct machine_system *system = NULL;
	struct snapshot_source source = source_of(work, hive);
	enum status status = machinesystem_read(&source, &system, work->failure);

	*name = NULL;
	if (status == STATUS_OK && text_length(system->computer_name) > 0) {
		*name = text_to_utf8(system->computer_name, NULL);
		status = *name ? STATUS_OK : STATUS_NOMEM;
	}
	machinesystem_free(system);
	/* One that cannot be read is told where it is used. */
	return status == STATUS_NOMEM ? status : STATUS_OK;
}

static enum status check_names(const struct work *work)
{
	char *first = NULL, *name = NULL;
	enum status status = STATUS_OK;
	size_t n = work->whose->n;

	if (!has_two(work, WHOSE_SYSTEM))
		return STATUS_OK;
	for (size_t i = next_of(work, WHOSE_SYSTEM, 0); status == STATUS_OK && i < n;
	     i = next_of(work, WHOSE_SYSTEM, i + 1)) {
		status = read_name(work, i, &name);
		if (!name)
			continue;
		if (first && !subject_is_same_name(first, name))
			status = refuse(work, "", first, name);
		if (!first)
			first = STEAL(name);
		free(name);
		name = NULL;
	}
	free(first);
	return status;
}

/* ---- accounts in SOFTWARE hives ---- */

/* Machines and domains of one list: more have only lists that somebody made. */
#define MOST_AUTHORITIES 64

/* S-1-5-21- and three numbers of 32 bits. */
#define AUTHORITY_SIZE 48

struct accounts {
	char authorities[MOST_AUTHORITIES][AUTHORITY_SIZE]; /* each once */
	size_t n;
	bool more;
	uint32_t installed;
	const char *path; /* of the hive; borrowed */
};

static bool has_authority(const struct accounts *accounts, const char *authority)
{
	for (size_t i = 0; i < accounts->n; i++)
		if (strcmp(accounts->authorities[i], authority) == 0)
			return true;
	return false;
}

/* The id of the machine or domain that an account is of, without the account's number. */
static bool authority_of(struct text sid, char out[AUTHORITY_SIZE])
{
	size_t len = text_length(sid);

	if (!text_starts_with(sid, ACCOUNTID_USERS))
		return false;
	while (len > 0 && text_unit(sid, len - 1) != '-')
		len--;
	if (len < 1 || len > AUTHORITY_SIZE)
		return false;
	for (size_t i = 0; i + 1 < len; i++)
		out[i] = (char)text_unit(sid, i);
	out[len - 1] = '\0';
	return true;
}

static enum status read_accounts(const struct work *work, size_t hive,
				 struct accounts *out)
{
	AUTO(machinesoftware_freep) struct machine_software *software = NULL;
	struct snapshot_source source = source_of(work, hive);
	char authority[AUTHORITY_SIZE];

	*out = (struct accounts){ .path = source.path };
	enum status status = machinesoftware_read(&source, &software, work->failure);
	if (status != STATUS_OK)
		return status == STATUS_NOMEM ? status : STATUS_OK;
	out->installed = software->install_date;
	for (size_t i = 0; i < software->profiles.n; i++) {
		if (!authority_of(software->profiles.items[i].sid, authority) ||
		    has_authority(out, authority))
			continue;
		if (out->n < MOST_AUTHORITIES)
			memcpy(out->authorities[out->n++], authority, AUTHORITY_SIZE);
		else
			out->more = true;
	}
	return STATUS_OK;
}

static bool lacks_one_of(const struct accounts *accounts, const struct accounts *other)
{
	for (size_t i = 0; i < other->n; i++)
		if (!has_authority(accounts, other->authorities[i]))
			return !accounts->more;
	return false;
}

/* A machine that went to another domain has other accounts then, and the same Windows. */
static bool are_two_machines(const struct accounts *a, const struct accounts *b)
{
	bool same_windows = a->installed && a->installed == b->installed;

	return !same_windows && lacks_one_of(a, b) && lacks_one_of(b, a);
}

static enum status check_accounts(const struct work *work)
{
	struct accounts *two;
	enum status status = STATUS_OK;
	size_t n = work->whose->n, i = next_of(work, WHOSE_SOFTWARE, 0);

	if (!has_two(work, WHOSE_SOFTWARE))
		return STATUS_OK;
	two = calloc(2, sizeof(*two));
	if (!two)
		return STATUS_NOMEM;
	status = read_accounts(work, i, &two[0]);
	while (status == STATUS_OK && (i = next_of(work, WHOSE_SOFTWARE, i + 1)) < n) {
		status = read_accounts(work, i, &two[1]);
		if (status == STATUS_OK && are_two_machines(&two[0], &two[1]))
			status = refuse(work, ", by the accounts in two SOFTWARE hives",
					two[0].path, two[1].path);
	}
	free(two);
	return status;
}

/* ---- names of collections ---- */

static enum status check_hosts(const struct work *work)
{
	const struct finds *finds = work->finds;
	char first[ORIGIN_HOST_SIZE] = "", host[ORIGIN_HOST_SIZE];

	for (size_t i = 0; i < finds->n; i++) {
		const struct found *found = &finds->items[i];
		if (found->operand != work->operand || !origin_host(found->path, host))
			continue;
		if (*first && !machinename_same(first, host))
			return refuse(work, ", by the names of collections", first, host);
		memcpy(first, host, sizeof(first));
	}
	return STATUS_OK;
}

/* ---- all of it ---- */

enum status machines_check(const struct finds *finds, const struct whose *whose,
			   const struct evidence_opener *opener, struct failure *failure)
{
	struct work work = {
		.finds = finds, .whose = whose, .opener = opener, .failure = failure
	};

	for (; work.operand < finds->n_operands; work.operand++) {
		RETURN_IF_FAILED(check_hosts(&work));
		RETURN_IF_FAILED(check_names(&work));
		RETURN_IF_FAILED(check_accounts(&work));
	}
	return STATUS_OK;
}
