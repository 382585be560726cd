/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/collectnames.h"

#include "report/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *collectnames_join(const char *folder, const char *name)
{
	size_t len = strlen(folder);
	char *path = NULL;

	if (asprintf(&path, "%s%s%s", folder,
		     len > 0 && folder[len - 1] == '/' ? "" : "/", name) < 0)
		return NULL;
	return path;
}

/* True if `path` is `folder` or lies below it; both are as realpath() gives them. */
static bool is_inside(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(path, folder, len) == 0 &&
	       (path[len] == '\0' || path[len] == '/' || strcmp(folder, "/") == 0);
}

/*
 * Where the path leads to, or where what does not exist yet would be made.
 * Return: malloc'ed; NULL if that is nowhere, or out of memory.
 */
static char *real_of(const char *path)
{
	char *real = realpath(path, NULL), *part = real ? NULL : strdup(path);

	while (!real && part) {
		size_t len = strlen(part);
		while (len > 1 && part[len - 1] == '/')
			len--;
		while (len > 0 && part[len - 1] != '/')
			len--;
		part[len] = '\0';
		real = realpath(len > 0 ? part : ".", NULL);
		if (len <= 1)
			break;
	}
	free(part);
	return real;
}

enum status collectnames_check_apart(const char *path, const struct finds *finds,
				     struct failure *failure)
{
	char *real = real_of(path);
	bool apart = true;
	char shown[4200];

	for (size_t i = 0; real && apart && i < finds->n_operands; i++) {
		const struct found_operand *operand = &finds->operands[i];
		char *of = operand->kind == FOUND_FOLDER ? realpath(operand->path, NULL)
							 : NULL;
		apart = !of || !is_inside(real, of);
		free(of);
	}
	free(real);
	if (apart)
		return STATUS_OK;
	failure_set(failure, "%s: lies in what was given; nothing is written there",
		    failure_path(path, shown, sizeof(shown)));
	return STATUS_IO;
}

enum status collectnames_check_outputs(const struct options *options,
				       const struct finds *finds, struct failure *failure)
{
	const char *paths[5 + OPTIONS_MAX_TIMELINES] = { options->html,
							 options->restore.folder,
							 options->image_folder,
							 options->redact_list };
	size_t n = 4;

	if (options->output && strcmp(options->output, "-") != 0)
		paths[n++] = options->output;
	if (!options->output_dir)
		paths[n++] = options->manifest;
	for (size_t i = 0; i < options->n_timelines; i++)
		paths[n++] = options->timelines[i];
	for (size_t i = 0; i < n; i++)
		if (paths[i] && strcmp(paths[i], "-") != 0)
			RETURN_IF_FAILED(
				collectnames_check_apart(paths[i], finds, failure));
	return STATUS_OK;
}

enum status collectnames_make_folder(const struct options *options,
				     const struct finds *finds,
				     const char *const *evidence, size_t n_evidence,
				     struct failure *failure)
{
	const char *folder = options->output_dir;

	RETURN_IF_FAILED(collectnames_check_apart(folder, finds, failure));
	return output_folder(folder, true, evidence, n_evidence, failure);
}

/* Puts a name below the folder in its place, if there is one. */
static enum status put_below(struct collectnames *names, const char *folder,
			     const char **name)
{
	if (!*name)
		return STATUS_OK;
	char *path = collectnames_join(folder, *name);
	if (!path)
		return STATUS_NOMEM;
	names->owned[names->n++] = path;
	*name = path;
	return STATUS_OK;
}

enum status collectnames_of(const struct options *options, const char *file_name,
			    const struct finds *finds, const char *const *evidence,
			    size_t n_evidence, struct collectnames *out,
			    struct failure *failure)
{
	struct options *own = &out->options;
	char *folder = collectnames_join(options->output_dir, file_name);
	enum status status = STATUS_OK;

	*out = (struct collectnames){ .options = *options };
	failure_set(failure, "out of memory");
	if (!folder)
		return STATUS_NOMEM;
	if (!own->output || strcmp(own->output, "-") == 0)
		own->output = "report.xml";
	own->format = OPTIONS_NO_FORMAT;
	own->quiet = true;
	status = put_below(out, folder, &own->output);
	if (status == STATUS_OK)
		status = put_below(out, folder, &own->html);
	if (status == STATUS_OK)
		status = put_below(out, folder, &own->restore.folder);
	if (status == STATUS_OK)
		status = put_below(out, folder, &own->image_folder);
	for (size_t i = 0; status == STATUS_OK && i < own->n_timelines; i++)
		status = put_below(out, folder, &own->timelines[i]);
	/* Links that were there before may lead into evidence. */
	if (status == STATUS_OK)
		status = collectnames_check_apart(folder, finds, failure);
	if (status == STATUS_OK)
		status = collectnames_check_outputs(own, finds, failure);
	if (status == STATUS_OK)
		status = output_folder(folder, true, evidence, n_evidence, failure);
	/* That one must be there else, and nobody can make it before. */
	if (status == STATUS_OK && own->image_folder)
		status = output_folder(own->image_folder, true, evidence, n_evidence,
				       failure);
	own->restore.names = own->restore_names;
	free(folder);
	return status;
}

void collectnames_clear(struct collectnames *names)
{
	while (names->n > 0)
		free(names->owned[--names->n]);
}
