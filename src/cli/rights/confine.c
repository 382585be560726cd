/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The paths of a run.  Beside a hive lie its logs, so its folder is read; an output is made
 * in its folder, and a folder that is yet to be made in the nearest one that is there.
 */
#include "cli/rights/confine.h"

#include "base/array.h"
#include "cli/commandline/terminal.h"
#include "companion/listing/listing.h"
#include "regf/tree.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* More than all options together can name, each with its folder. */
#define MAX_PATHS 4096

struct paths {
	char **items;
	size_t n, cap;
};

static void paths_clear(struct paths *paths)
{
	for (size_t i = 0; i < paths->n; i++)
		free(paths->items[i]);
	free(paths->items);
}

/* path: len bytes, none for the folder at hand. */
static enum status add(struct paths *paths, const char *path, size_t len)
{
	RETURN_IF_FAILED(ARRAY_RESERVE(paths, MAX_PATHS));
	paths->items[paths->n] = len > 0 ? strndup(path, len) : strdup(".");
	if (!paths->items[paths->n])
		return STATUS_NOMEM;
	paths->n++;
	return STATUS_OK;
}

/* Bytes of the path of the folder that holds what is named, with its '/'. */
static size_t folder_of(const char *path, size_t len)
{
	while (len > 0 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	return len;
}

/* ---- reading ---- */

/* NULL is allowed. */
static enum status add_input(struct paths *paths, const char *path)
{
	struct stat st;

	if (!path || stat(path, &st) != 0)
		return STATUS_OK;
	if (!S_ISDIR(st.st_mode))
		RETURN_IF_FAILED(add(paths, path, folder_of(path, strlen(path))));
	return add(paths, path, strlen(path));
}

static enum status add_inputs(struct paths *paths, const struct options *options)
{
	const struct companions_source *beside = &options->companions;

	for (size_t i = 0; i < options->n_snapshots; i++)
		RETURN_IF_FAILED(add_input(paths, options->snapshots[i]));
	for (size_t i = 0; i < options->n_logs; i++)
		RETURN_IF_FAILED(add_input(paths, options->logs[i].path));
	for (size_t i = 0; i < beside->n_listings; i++)
		RETURN_IF_FAILED(add_input(paths, beside->listings[i]));
	for (size_t i = 0; i < beside->n_events; i++)
		RETURN_IF_FAILED(add_input(paths, beside->events[i]));
	RETURN_IF_FAILED(add_input(paths, beside->mapi32));
	RETURN_IF_FAILED(add_input(paths, beside->patterns));
	RETURN_IF_FAILED(add_input(paths, beside->system.path));
	return add_input(paths, beside->software.path);
}

/* ---- writing ---- */

/* The nearest folder that is there: in it those that lack are made. */
static enum status add_folder(struct paths *paths, const char *path, size_t len)
{
	enum status status = STATUS_OK;
	struct stat st;

	for (;; len = folder_of(path, len)) {
		char *folder = len > 0 ? strndup(path, len) : strdup(".");
		if (!folder)
			return STATUS_NOMEM;
		bool there = stat(folder, &st) == 0;
		if (there)
			status = add(paths, folder, strlen(folder));
		free(folder);
		if (there || len == 0)
			return status;
	}
}

/* A file, through a link, or what is written to in its place: a pipe, a device. */
static enum status add_output(struct paths *paths, const char *path)
{
	struct stat st;

	if (!path || strcmp(path, "-") == 0)
		return STATUS_OK;
	char *real = realpath(path, NULL);
	const char *file = real ? real : path;
	bool special = stat(file, &st) == 0 && !S_ISREG(st.st_mode);
	enum status status =
		special ? add(paths, file, strlen(file))
			: add_folder(paths, file, folder_of(file, strlen(file)));
	if (status == STATUS_OK && !special && real)
		status = add_folder(paths, path, folder_of(path, strlen(path)));
	free(real);
	return status;
}

static enum status add_output_folder(struct paths *paths, const char *path)
{
	return path ? add_folder(paths, path, strlen(path)) : STATUS_OK;
}

static enum status add_outputs(struct paths *paths, const struct options *options)
{
	/* A page is made of a report, even if nobody wants to keep that. */
	RETURN_IF_FAILED(add_output(paths, "/dev/null"));
	if (!options->output_dir) {
		RETURN_IF_FAILED(add_output(paths, options->output));
		RETURN_IF_FAILED(add_output(paths, options->manifest));
	}
	RETURN_IF_FAILED(add_output(paths, options->html));
	RETURN_IF_FAILED(add_output(paths, options->redact_list));
	for (size_t i = 0; i < options->n_timelines; i++)
		RETURN_IF_FAILED(add_output(paths, options->timelines[i]));
	RETURN_IF_FAILED(add_output_folder(paths, options->output_dir));
	RETURN_IF_FAILED(add_output_folder(paths, options->image_folder));
	return add_output_folder(paths, options->restore.folder);
}

/* True if the real path is that of the folder, or leads through it. */
static bool is_below(const char *path, const char *folder)
{
	char *real = realpath(folder, NULL);
	size_t len = real ? strlen(real) : 0;
	bool below = real && strncmp(path, real, len) == 0 &&
		     (path[len] == '\0' || path[len] == '/' || len == 1);

	free(real);
	return below;
}

enum status confine_can_write(const struct options *options, const char *path, bool *out)
{
	struct paths write = { 0 };
	size_t len = folder_of(path, strlen(path));
	char *given = len > 0 ? strndup(path, len) : strdup(".");
	char *folder = given ? realpath(given, NULL) : NULL;
	enum status status = given ? add_outputs(&write, options) : STATUS_NOMEM;

	/* What is nowhere can be nobody's, and is not what was meant either. */
	*out = !folder;
	for (size_t i = 0; status == STATUS_OK && folder && i < write.n; i++)
		*out |= is_below(folder, write.items[i]);
	paths_clear(&write);
	free(folder);
	free(given);
	return status;
}

/* ---- all ---- */

static enum status begin(const struct options *options, struct confine *out)
{
	struct paths read = { 0 }, write = { 0 };
	enum status status = add_inputs(&read, options);

	if (status == STATUS_OK)
		status = add_outputs(&write, options);
	if (status == STATUS_OK) {
		struct sandbox_paths paths = {
			.read = (const char *const *)read.items,
			.n_read = read.n,
			.write = (const char *const *)write.items,
			.n_write = write.n,
		};
		out->sandbox = sandbox_begin(&paths);
	}
	paths_clear(&read);
	paths_clear(&write);
	return status;
}

enum status confine_run(const struct options *options, struct confine *out,
			struct failure *failure)
{
	*out = (struct confine){ 0 };
	if (options->no_sandbox)
		return STATUS_OK;
	out->locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	/* A report that is read again has neither archives nor code pages. */
	if (!options->validate && !options->render) {
		out->converters = converters_new();
		for (size_t i = 0; tree_code_pages[i]; i++)
			converters_keep(out->converters, tree_code_pages[i]);
		for (size_t i = 0; listing_code_page(i); i++)
			converters_keep(out->converters, listing_code_page(i));
		/* Without it memory holds what comes out of archives. */
		if (spool_new(&out->spool, failure) != STATUS_OK)
			out->spool = NULL;
	}
	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(begin(options, out));
	if (options->verbose)
		terminal_complain("sandbox: %s",
				  sandbox_state_word(sandbox_state(out->sandbox)));
	return STATUS_OK;
}

void confine_clear(struct confine *confine)
{
	sandbox_free(confine->sandbox);
	spool_free(confine->spool);
	converters_free(confine->converters);
	if (confine->locale)
		freelocale(confine->locale);
	*confine = (struct confine){ 0 };
}
