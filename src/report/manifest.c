/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines as GNU sha256sum writes them (coreutils, "Output of md5sum and friends"): the sum,
 * two blanks, the name; where the name holds a backslash, a line feed or a carriage return,
 * these are written \\, \n and \r, and the line begins with a backslash.  Lines that begin
 * with "#" are comments to it.  Those of inputs are "# " and such a line, all others begin
 * with "##", so that the inputs can be cut out and checked as well.  No name from evidence
 * can begin a line: a name that a terminal could act on stands in another form behind "##".
 */
#include "report/manifest.h"

#include "base/filetime.h"
#include "report/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Paths and texts that are shown. */
#define SHOWN_SIZE 4200

struct manifest {
	struct output *output;
	struct digest_stream *digest; /* of all of it */
	char *folder;		      /* in which it stands; no link in it */
};

static void put_bytes(struct manifest *manifest, const char *bytes, size_t n)
{
	struct span span = span_of((const uint8_t *)bytes, n);

	digest_add(manifest->digest, span);
	(void)output_write(manifest->output, span);
}

static void put(struct manifest *manifest, const char *text)
{
	put_bytes(manifest, text, strlen(text));
}

static void put_line(struct manifest *manifest, const char *format, ...)
	PRINTF_LIKE(2, 3);

/* A line of comment. */
static void put_line(struct manifest *manifest, const char *format, ...)
{
	char line[2 * SHOWN_SIZE];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	put(manifest, "## ");
	put(manifest, line);
	put(manifest, "\n");
}

/* ---- lines of sha256sum ---- */

static void put_sum(struct manifest *manifest, const struct digest *sum, const char *name)
{
	char hex[DIGEST_HEX_SIZE];

	digest_hex(sum, hex);
	if (strpbrk(name, "\\\n\r"))
		put(manifest, "\\");
	put(manifest, hex);
	put(manifest, "  ");
	for (; *name; name++)
		switch (*name) {
		case '\\':
			put(manifest, "\\\\");
			break;
		case '\n':
			put(manifest, "\\n");
			break;
		case '\r':
			put(manifest, "\\r");
			break;
		default:
			put_bytes(manifest, name, 1);
		}
	put(manifest, "\n");
}

/* The way from the manifest's folder, or the full path where there is none down. */
static const char *name_from(const struct manifest *manifest, const char *path)
{
	size_t len = strlen(manifest->folder);

	if (strcmp(manifest->folder, "/") == 0)
		return path;
	return strncmp(path, manifest->folder, len) == 0 && path[len] == '/'
		       ? path + len + 1
		       : path;
}

static void put_output(struct manifest *manifest, const struct filelist_item *item)
{
	const char *name = name_from(manifest, item->path);

	/* That is standard input to sha256sum. */
	put_sum(manifest, &item->sha256, strcmp(name, "-") == 0 ? "./-" : name);
}

static void put_shown(struct manifest *manifest, const struct filelist_item *item,
		      const char *what)
{
	char hex[DIGEST_HEX_SIZE], shown[SHOWN_SIZE];

	digest_hex(&item->sha256, hex);
	put_line(manifest, "%s  %s (%s)", hex,
		 failure_path(item->path ? item->path : "standard output", shown,
			      sizeof(shown)),
		 what);
}

static void put_input(struct manifest *manifest, const struct filelist_item *item)
{
	char shown[SHOWN_SIZE];

	/* What is shown as it is has nothing that acts. */
	if (strcmp(failure_path(item->path, shown, sizeof(shown)), item->path) != 0) {
		put_shown(manifest, item, "the name is not shown as it is");
		return;
	}
	put(manifest, "# ");
	put_sum(manifest, &item->sha256, item->path);
}

/* ---- what was given for the record ---- */

static void put_given(struct manifest *manifest, const char *label, const char *text)
{
	char shown[SHOWN_SIZE];

	if (text)
		put_line(manifest, "%s: %s", label,
			 failure_path(text, shown, sizeof(shown)));
}

static void put_custody(struct manifest *manifest, const struct manifest_about *about)
{
	if (about->n_custodies > 0)
		put_line(manifest, "custody, as it was given and not checked:");
	for (size_t i = 0; i < about->n_custodies; i++) {
		const struct custody *custody = &about->custodies[i];
		put_given(manifest, "of", custody->path);
		put_given(manifest, "  evidence number", custody->evidence_number);
		put_given(manifest, "  received from", custody->received_from);
		put_given(manifest, "  received at", custody->received_at);
	}
}

static void put_head(struct manifest *manifest, const struct manifest_about *about)
{
	char time[FILETIME_TEXT_SIZE];

	filetime_format(about->started_ft, time);
	put_line(manifest, "what %s %s read and wrote; begun %s", PACKAGE_NAME,
		 PACKAGE_VERSION, time);
	put_given(manifest, "case", about->case_id);
	put_given(manifest, "examiner", about->examiner);
	put_given(manifest, "note", about->note);
	put_line(manifest,
		 "outputs; to check them, in the folder of this file: sha256sum -c");
}

static void put_all(struct manifest *manifest, const struct filelist_item *items,
		    size_t n, const struct manifest_about *about)
{
	size_t i = 0;

	put_head(manifest, about);
	for (; i < n && items[i].kind == FILELIST_OUTPUT; i++)
		put_output(manifest, &items[i]);
	for (; i < n && items[i].kind == FILELIST_STREAM; i++)
		put_shown(manifest, &items[i], "no file");
	put_line(manifest, "inputs; to check them, where the run was begun: "
			   "sed -n 's/^# //p' THIS-FILE | sha256sum -c");
	for (; i < n && items[i].kind == FILELIST_INPUT; i++)
		put_input(manifest, &items[i]);
	for (; i < n; i++)
		put_shown(manifest, &items[i],
			  "what an archive held, or no longer there");
	put_custody(manifest, about);
}

/* ---- all of it ---- */

static enum status check(const struct filelist_item *items, size_t n,
			 struct failure *failure)
{
	char shown[SHOWN_SIZE];
	struct stat st;

	for (size_t i = 0; i < n && items[i].kind == FILELIST_OUTPUT; i++) {
		if (lstat(items[i].path, &st) == 0 &&
		    filemark_equal(filemark_of(&st), items[i].mark))
			continue;
		failure_set(
			failure,
			"%s: is no longer the file that was written; no manifest is made",
			failure_path(items[i].path, shown, sizeof(shown)));
		return STATUS_IO;
	}
	return STATUS_OK;
}

/* The folder that holds the file, or what a link by its name leads to; NULL: none. */
static char *folder_of(const char *path)
{
	char *file = realpath(path, NULL), *folder = NULL;

	if (!file)
		file = strdup(path);
	char *slash = file ? strrchr(file, '/') : NULL;
	if (slash)
		slash[slash == file] = '\0';
	if (file)
		folder = realpath(slash ? file : ".", NULL);
	free(file);
	return folder;
}

enum status manifest_write(const char *path, struct filelist *list,
			   const struct manifest_about *about, struct kept *kept,
			   struct digest *sha256, struct failure *failure)
{
	struct manifest manifest = { 0 };
	size_t n;
	const struct filelist_item *items = filelist_sorted(list, &n);

	failure_set(failure, "out of memory");
	RETURN_IF_FAILED(check(items, n, failure));
	/* It does not list itself. */
	kept_list_outputs(kept, NULL);
	RETURN_IF_FAILED(output_open(path, kept, &manifest.output, failure));
	failure_set(failure, "out of memory");
	manifest.folder = folder_of(path);
	manifest.digest = digest_start();
	if (!manifest.folder || !manifest.digest) {
		digest_finish(manifest.digest, NULL);
		free(manifest.folder);
		output_abort(manifest.output);
		return STATUS_NOMEM;
	}
	put_all(&manifest, items, n, about);
	digest_finish(manifest.digest, sha256);
	free(manifest.folder);
	return output_commit(manifest.output, failure);
}
