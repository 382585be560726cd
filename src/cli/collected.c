/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operands are looked through and each hive's subject is found.  What could not be
 * used is told on standard error, as far as a person reads that; the report has all of it.
 */
#include "cli/collected.h"

#include "cli/commandline/terminal.h"
#include "cli/discover.h"
#include "collection/subjects/foundbeside.h"
#include "collection/subjects/machines.h"
#include "report/document/writer/reportoptions.h"
#include "snapshot/exportroots.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Lines about what could not be used: the rest is counted. */
#define TOLD_MOST 20

/* Names of subjects in one line. */
#define NAMED_MOST 5

/* ---- what is told of it ---- */

static void tell(struct collected *collected, size_t *n, const char *sentence)
{
	collected->incomplete = true;
	if (++*n <= TOLD_MOST)
		terminal_complain_of(NULL, collected->redact, sentence);
}

static void tell_list(struct collected *collected, size_t *n,
		      const struct diag_list *diags)
{
	for (size_t i = 0; i < diag_count(diags); i++)
		if (diag_severity(diag_item(diags, i)->code) == DIAG_ERROR)
			tell(collected, n, diag_item(diags, i)->sentence);
}

/* What could not be looked at: the first of it, and how much more. */
static void tell_faults(struct collected *collected)
{
	size_t n = 0;

	tell_list(collected, &n, collected->finds->diags);
	tell_list(collected, &n, collected->diags);
	if (n > TOLD_MOST)
		terminal_complain("and %zu more", n - TOLD_MOST);
}

/* Where there is nothing else, somebody may have taken them for exports. */
static void tell_changes(const struct collected *collected)
{
	size_t n = 0;

	for (size_t i = 0; i < collected->whose->n; i++)
		if (collected->whose->items[i].kind == WHOSE_CHANGES && ++n <= TOLD_MOST)
			terminal_complain_of(NULL, collected->redact,
					     collected->whose->items[i].why);
}

static bool shares_name(const struct pairing *pairing, size_t i)
{
	for (size_t k = 0; k < pairing->n; k++)
		if (k != i && strcasecmp(paired_name(&pairing->items[k]),
					 paired_name(&pairing->items[i])) == 0)
			return true;
	return false;
}

/* "jdoe, asmith, 3 more"; by the security id where two have one name. */
static void name_subjects(const struct pairing *pairing, char *out, size_t size)
{
	size_t at = 0;

	*out = '\0';
	for (size_t i = 0; i < pairing->n && i < NAMED_MOST && at < size; i++) {
		const struct pairing_subject *subject = &pairing->items[i];
		const char *name = subject->sid[0] && shares_name(pairing, i)
					   ? subject->sid
					   : paired_name(subject);
		char shown[200];
		int n = snprintf(out + at, size - at, "%s%s", i > 0 ? ", " : "",
				 failure_path(name, shown, sizeof(shown)));
		at += n > 0 ? (size_t)n : 0;
	}
	if (pairing->n > NAMED_MOST && at < size)
		(void)snprintf(out + at, size - at, ", %zu more",
			       pairing->n - NAMED_MOST);
}

/* ---- reading ---- */

static int open_any(const struct evidence_opener *self, const char *path,
		    struct failure *failure)
{
	const struct collected_opener *opener = (const struct collected_opener *)self;
	char shown[4200];

	if (foundopener_find(&opener->found, path))
		return opener->found.opener.open(&opener->found.opener, path, failure);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		failure_set(failure, "%s: %s", failure_path(path, shown, sizeof(shown)),
			    strerror(errno));
	return fd;
}

static int open_any_part(const struct evidence_opener *self, const char *path,
			 struct evidence_part *part, struct failure *failure)
{
	const struct collected_opener *opener = (const struct collected_opener *)self;
	bool found = foundopener_find(&opener->found, path) != NULL;
	int fd = -1;

	return evidence_open(found ? &opener->found.opener : NULL, path, &fd, part,
			     failure) == STATUS_OK
		       ? fd
		       : -1;
}

/*
 * What lies in a folder that was given is protected by its place: no output goes there.  To
 * ask each of its files for each output would take longer than all else.
 */
static enum status protect_all(struct collected *collected, struct kept *kept)
{
	const struct finds *finds = collected->finds;

	collected->protected =
		calloc(finds->n_operands + 1, sizeof(*collected->protected));
	if (!collected->protected)
		return STATUS_NOMEM;
	for (size_t i = 0; i < finds->n_operands; i++)
		collected->protected[collected->n_protected++] = finds->operands[i].path;
	for (size_t i = 0; i < finds->n_operands; i++)
		RETURN_IF_FAILED(kept_add_path(kept, finds->operands[i].path));
	return STATUS_OK;
}

static void note_hive(struct collected *collected, const struct whose_hive *hive)
{
	char shown[4200];

	if (hive->kind == WHOSE_UNREAD)
		diag_at(collected->diags, DIAG_FILE_UNREADABLE, DIAG_NOWHERE, "%s",
			hive->why);
	if (hive->kind == WHOSE_CHANGES)
		diag_at(collected->diags, DIAG_LEFT_OUT, DIAG_NOWHERE, "%s", hive->why);
	if (hive->n_roots_left > 0)
		diag_at(collected->diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE,
			"%s: keys of %zu users are not read: more than %d",
			failure_path(collected->finds->items[hive->found].path, shown,
				     sizeof(shown)),
			hive->n_roots_left, EXPORTROOTS_MOST);
}

/* What will not be read, and hives that turned out to be none. */
static void note_left(struct collected *collected, const struct foundbeside_left *left)
{
	char shown[4200];

	for (size_t i = 0; i < collected->whose->n; i++)
		note_hive(collected, &collected->whose->items[i]);
	if (left->listings > 0)
		diag_at(collected->diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE,
			"listings of processes past the first %d are not read: %zu",
			COMPANIONS_MAX_LISTINGS, left->listings);
	if (left->events > 0)
		diag_at(collected->diags, DIAG_COUNT_LIMIT, DIAG_NOWHERE,
			"event logs past the first %d are not read: %zu",
			COMPANIONS_MAX_EVENTS, left->events);
	if (left->mapi32 > 0)
		diag_at(collected->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
			"%zu other copies of Mapi32.dll are not read", left->mapi32);
	if (left->stored > 0)
		diag_at(collected->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
			"copies of Mapi32.dll that lie where no program loads them from "
			"are not read: %zu",
			left->stored);
	if (left->elsewhere > 0)
		diag_at(collected->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
			"files beside the hives that are of another disk or time than the "
			"users' hives of their operand are not read: %zu, first %s; name "
			"by its option what is of this machine",
			left->elsewhere,
			failure_path(left->first_elsewhere, shown, sizeof(shown)));
	for (size_t i = 0; i < collected->pairing->n; i++)
		if (collected->pairing->items[i].n_left_out > 0)
			diag_at(collected->diags, DIAG_LEFT_OUT, DIAG_NOWHERE,
				"%zu older hives of %s are not read: more than %d",
				collected->pairing->items[i].n_left_out,
				paired_name(&collected->pairing->items[i]), PAIRING_MOST);
}

/*
 * True if files were named one by one, and of none anything tells whose it is: two exports
 * of HKEY_CURRENT_USER, say.  They are one subject's, as without a folder for outputs.
 */
static bool is_one_series(const struct finds *finds, const struct whose *whose)
{
	size_t n = 0;

	for (size_t i = 0; i < finds->n_operands; i++)
		if (finds->operands[i].kind != FOUND_FILE)
			return false;
	for (size_t i = 0; i < whose->n; i++) {
		const struct whose_hive *hive = &whose->items[i];
		if (hive->kind != WHOSE_USERS)
			continue;
		/* roots of one file stand behind one another */
		if (hive->sid[0] || hive->name || hive->role != SUBJECT_UNKNOWN ||
		    (i > 0 && hive[-1].found == hive->found))
			return false;
		n++;
	}
	return n == finds->n_operands;
}

static enum status read_all(struct collected *collected, struct spool *spool,
			    struct kept *kept, struct failure *failure)
{
	const struct options *options = collected->options;
	struct foundbeside_left left;

	collected->diags = diag_list_new();
	if (!collected->diags)
		return STATUS_NOMEM;
	RETURN_IF_FAILED(finds_read(options->snapshots, options->n_snapshots, spool,
				    &collected->finds, failure));
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(foundopener_init(&collected->opener.found, collected->finds));
	collected->opener.opener.open = open_any;
	collected->opener.opener.open_part = open_any_part;
	RETURN_IF_FAILED(whose_read(collected->finds, &collected->opener.opener,
				    &collected->whose, failure));
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(machines_check(collected->finds, collected->whose,
					&collected->opener.opener, failure));
	failure_set(failure, "out of memory");
	bool one_subject = options->same_subject ||
			   is_one_series(collected->finds, collected->whose);
	RETURN_IF_FAILED(pairing_read(collected->finds, collected->whose, one_subject,
				      options->by_time != 0, &collected->pairing));
	RETURN_IF_FAILED(protect_all(collected, kept));
	RETURN_IF_FAILED(discover_companions(options, NULL, &collected->named, failure));
	collected->beside = collected->named;
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(foundbeside_add(collected->finds, collected->whose,
					 &collected->opener.opener, &collected->beside,
					 &left));
	if (options->skip_logs)
		collected->beside.system.n_logs = collected->beside.software.n_logs = 0;
	note_left(collected, &left);
	return STATUS_OK;
}

/* ---- who is asked for ---- */

static bool is_asked(const struct options *options, const struct pairing_subject *subject)
{
	for (size_t i = 0; i < options->n_users; i++)
		if (paired_is(subject, options->users[i]))
			return true;
	return options->n_users == 0;
}

/* A name that is nobody's is a mistake: silence would look like an answer. */
static enum status check_users(const struct collected *collected, struct failure *failure)
{
	const struct options *options = collected->options;

	for (size_t i = 0; i < options->n_users; i++) {
		char shown[400], names[1200];
		size_t n = 0;
		for (size_t k = 0; k < collected->pairing->n; k++)
			n += paired_is(&collected->pairing->items[k], options->users[i]);
		if (n > 0)
			continue;
		name_subjects(collected->pairing, names, sizeof(names));
		failure_set(failure, "--user %s: no such subject; there are: %s",
			    failure_path(options->users[i], shown, sizeof(shown)), names);
		return STATUS_UNSUPPORTED;
	}
	return STATUS_OK;
}

/* What of the options cannot be done for several subjects without a folder for all. */
static const char *needs_folder(const struct options *options)
{
	return options->html		  ? "--html"
	       : options->n_timelines > 0 ? "--timeline"
	       : options->restore.folder  ? "--restore"
	       : options->image_folder	  ? "--save-image"
					  : NULL;
}

/* Where there is nobody, the only thing that could not be used is the reason. */
static enum status tell_nobody(struct collected *collected, struct failure *failure)
{
	const struct diag_list *diags = collected->finds->diags;

	if (diag_count(diags) == 1 && diag_count_from(diags, DIAG_ERROR) == 1 &&
	    diag_count(collected->diags) == 0) {
		failure_set(failure, "%s", diag_item(diags, 0)->sentence);
		return STATUS_UNSUPPORTED;
	}
	tell_faults(collected);
	tell_changes(collected);
	failure_set(failure, "no user's hive was found in what was given");
	return STATUS_UNSUPPORTED;
}

/* Several subjects and no folder. */
static enum status check_folder(const struct collected *collected,
				struct failure *failure)
{
	const char *option = needs_folder(collected->options);
	char most[40] = "one subject", names[1200];

	if (!option && collected->options->asks_report &&
	    collected->n > REPORT_MAX_SERIES) {
		option = "-o";
		(void)snprintf(most, sizeof(most), "%d subjects at most",
			       REPORT_MAX_SERIES);
	}
	if (!option)
		return STATUS_OK;
	name_subjects(collected->pairing, names, sizeof(names));
	failure_set(failure,
		    "%s takes %s, here are %zu (%s): give --output-dir DIR for all, or "
		    "--user NAME for one",
		    option, most, collected->n, names);
	return STATUS_UNSUPPORTED;
}

enum status collected_choose(struct collected *collected, struct failure *failure)
{
	const struct options *options = collected->options;
	struct pairing *pairing = collected->pairing;

	failure_set(failure, "out of memory");
	if (pairing->n == 0)
		return tell_nobody(collected, failure);
	tell_faults(collected);
	RETURN_IF_FAILED(check_users(collected, failure));
	failure_set(failure, "out of memory");
	collected->asked = calloc(pairing->n, sizeof(struct pairing_subject *));
	if (!collected->asked)
		return STATUS_NOMEM;
	for (size_t i = 0; i < pairing->n; i++)
		if (is_asked(options, &pairing->items[i]))
			collected->asked[collected->n++] = &pairing->items[i];
	return collected->n > 1 && !options->output_dir ? check_folder(collected, failure)
							: STATUS_OK;
}

/* ---- all of it ---- */

void collected_free(struct collected *collected)
{
	if (!collected)
		return;
	free(collected->asked);
	free(collected->protected);
	discover_clear(&collected->named.system, 1);
	discover_clear(&collected->named.software, 1);
	pairing_free(collected->pairing);
	whose_free(collected->whose);
	foundopener_clear(&collected->opener.found);
	finds_free(collected->finds);
	diag_list_free(collected->diags);
	free(collected);
}

void collected_freep(struct collected **collected)
{
	collected_free(*collected);
}

enum status collected_read(const struct options *options, struct redact *redact,
			   struct spool *spool, struct kept *kept, struct collected **out,
			   struct failure *failure)
{
	AUTO(collected_freep) struct collected *collected = calloc(1, sizeof(*collected));

	failure_set(failure, "out of memory");
	if (!collected)
		return STATUS_NOMEM;
	collected->options = options;
	collected->redact = redact;
	RETURN_IF_FAILED(read_all(collected, spool, kept, failure));
	*out = STEAL(collected);
	return STATUS_OK;
}
