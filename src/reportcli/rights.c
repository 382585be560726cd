/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is read: the operand, and all evidence. */
#define MAX_READ (1 + REPORTARGUMENTS_MAX_EVIDENCE)
/* What is written to: the operand, the file, its folder, and where a link leads. */
#define MAX_WRITE 4

struct rights {
	const char *read[MAX_READ], *write[MAX_WRITE];
	size_t n_read, n_write;
	char *folders[2]; /* malloc'ed */
};

/* The folder that holds what is named, malloc'ed; NULL when out of memory. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return strdup(".");
	return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

/* A file is made in its folder; a pipe or device is written to itself. */
static void add_output(struct rights *rights, const char *path, char **folder)
{
	struct stat st;

	if (strcmp(path, "-") == 0)
		return;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		rights->write[rights->n_write++] = path;
		return;
	}
	*folder = folder_of(path);
	if (*folder)
		rights->write[rights->n_write++] = *folder;
}

struct sandbox *rights_begin(const struct subcommand *command,
			     const struct reportarguments *arguments)
{
	struct rights rights = { .read = { arguments->operand }, .n_read = 1 };
	char *real = arguments->html ? realpath(arguments->html, NULL) : NULL;

	for (size_t i = 0; i < arguments->n_evidence; i++)
		rights.read[rights.n_read++] = arguments->evidence[i];
	if ((command->options & REPORTARGUMENTS_EVIDENCE) && arguments->n_evidence == 0)
		rights.read[rights.n_read++] = "/";
	if (command->changes)
		rights.write[rights.n_write++] = arguments->operand;
	if (arguments->html)
		add_output(&rights, arguments->html, &rights.folders[0]);
	if (real)
		add_output(&rights, real, &rights.folders[1]);
	struct sandbox *sandbox = sandbox_begin(&(struct sandbox_paths){
		rights.read, rights.n_read, rights.write, rights.n_write });
	free(rights.folders[0]);
	free(rights.folders[1]);
	free(real);
	return sandbox;
}
