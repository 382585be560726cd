/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commandline/optionscheck.h"

#include "base/failure.h"
#include "cli/commandline/terminal.h"
#include "report/page/html.h"
#include "report/timeline/timeline.h"

#include <stdio.h>
#include <string.h>

enum options_verdict optionscheck_wrong(const char *message, const char *argument)
{
	char shown[4200] = "";

	if (argument)
		failure_path(argument, shown, sizeof(shown));
	terminal_complain("%s%s%s", message, argument ? ": " : "", shown);
	fputs("Try 'wmsdiff --help' for more information.\n", stderr);
	return OPTIONS_WRONG;
}

/* A name that a registry key can have: no path, and of the length that one takes. */
static bool is_key_name(const char *name)
{
	return *name && !strchr(name, '\\') && strlen(name) <= OPTIONS_MAX_NAME;
}

/* True for a key below which a user's hive can stand while Windows runs. */
static bool is_root(const char *root)
{
	static const char *const below[] = { "HKEY_USERS\\", "HKEY_LOCAL_MACHINE\\" };
	size_t len = strlen(root);

	if (len > OPTIONS_MAX_NAME || strpbrk(root, "\r\n") || strstr(root, "\\\\") ||
	    (len > 0 && root[len - 1] == '\\'))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(below); i++)
		if (strncmp(root, below[i], strlen(below[i])) == 0)
			return true;
	return strcmp(root, "HKEY_CURRENT_USER") == 0;
}

static enum options_verdict check_restore(struct options *out)
{
	struct restore_options *restore = &out->restore;

	restore->names = out->restore_names;
	if (!restore->folder && (restore->root || restore->as || restore->n_names ||
				 restore->partial || out->reg_4 || out->reg_utf8))
		return optionscheck_wrong("options about .reg files need --restore",
					  NULL);
	if (out->reg_utf8 && out->reg_4)
		return optionscheck_wrong("--reg-encoding utf8 goes with version 5 only",
					  NULL);
	restore->format = out->reg_4	  ? REGFILE_4
			  : out->reg_utf8 ? REGFILE_5_UTF8
					  : REGFILE_5_UTF16;
	if (restore->as && !is_key_name(restore->as))
		return optionscheck_wrong("--restore-as takes the name of a key",
					  restore->as);
	if (restore->root && !is_root(restore->root))
		return optionscheck_wrong(
			"--restore-root takes a key such as HKEY_USERS\\.DEFAULT",
			restore->root);
	return OPTIONS_RUN;
}

/* Each has an ending that tells its format, and is written by nothing else. */
static enum options_verdict check_timelines(const struct options *out)
{
	for (size_t i = 0; i < out->n_timelines; i++) {
		const char *path = out->timelines[i];
		bool twice = (out->output && strcmp(path, out->output) == 0) ||
			     (out->html && strcmp(path, out->html) == 0);
		if (timeline_format_of(path) == TIMELINE_NO_FORMAT)
			return optionscheck_wrong(
				"--timeline takes a file that ends in .jsonl, .csv "
				"or .body",
				path);
		for (size_t k = 0; k < i; k++)
			twice |= strcmp(path, out->timelines[k]) == 0;
		if (twice)
			return optionscheck_wrong("the same file would be written twice",
						  path);
	}
	return OPTIONS_RUN;
}

static enum options_verdict check_page(const struct options *out)
{
	bool rereads = out->validate || out->render;

	if (out->html && !html_library_version())
		return optionscheck_wrong("this wmsdiff was built without HTML",
					  "--html");
	if (out->render && !out->html)
		return optionscheck_wrong("--render needs --html", NULL);
	if (out->validate && out->html && !out->render)
		return optionscheck_wrong("--validate makes no page: add --render", NULL);
	if (rereads && out->n_snapshots != 1)
		return optionscheck_wrong("--validate and --render take one report",
					  NULL);
	if (rereads &&
	    (!out->output || strcmp(out->output, "-") != 0 || out->wants_hives))
		return optionscheck_wrong(
			"--validate and --render read a report and nothing else", NULL);
	if (out->html && !rereads && out->output && strcmp(out->html, out->output) == 0)
		return optionscheck_wrong("--html and --output name the same file",
					  out->html);
	return OPTIONS_RUN;
}

/* The lines of --format have standard output for themselves: no report goes there unasked. */
static enum options_verdict check_format(struct options *out)
{
	out->asks_report = out->output != NULL;
	if (out->format == OPTIONS_NO_FORMAT) {
		out->output = out->output ? out->output : "-";
		return OPTIONS_RUN;
	}
	if (out->output && strcmp(out->output, "-") == 0)
		return optionscheck_wrong(
			"--format and --output - both write to standard output", NULL);
	if (out->html && strcmp(out->html, "-") == 0)
		return optionscheck_wrong(
			"--format and --html - both write to standard output", NULL);
	return OPTIONS_RUN;
}

/* A name inside of a folder, not a way to another one. */
static bool is_plain_name(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, "-") != 0 &&
	       strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* With a folder for all, what is written stands in each subject's own. */
static enum options_verdict check_folder(const struct options *out)
{
	const char *names[5 + OPTIONS_MAX_TIMELINES];
	size_t n = 0;

	if (!out->output_dir)
		return OPTIONS_RUN;
	if (!*out->output_dir)
		return optionscheck_wrong("--output-dir takes a folder", NULL);
	if (out->output && strcmp(out->output, "-") != 0)
		names[n++] = out->output;
	if (out->html)
		names[n++] = out->html;
	if (out->restore.folder)
		names[n++] = out->restore.folder;
	if (out->image_folder)
		names[n++] = out->image_folder;
	if (out->manifest)
		names[n++] = out->manifest;
	for (size_t i = 0; i < out->n_timelines; i++)
		names[n++] = out->timelines[i];
	for (size_t i = 0; i < n; i++)
		if (!is_plain_name(names[i]))
			return optionscheck_wrong(
				"with --output-dir, names of outputs have no folder",
				names[i]);
	return OPTIONS_RUN;
}

/* A named zone is loaded here, while the program may still read tzdata. */
static enum options_verdict check_zone(struct options *out)
{
	if (!out->time_zone || strcmp(out->time_zone, OPTIONS_SYSTEM_ZONE) == 0)
		return OPTIONS_RUN;
	enum status status = timezone_named(out->time_zone, &out->named_zone);
	if (status == STATUS_OK)
		return OPTIONS_RUN;
	if (status == STATUS_NOMEM)
		return optionscheck_wrong("out of memory", NULL);
	return optionscheck_wrong(
		"the system's tzdata has no such time zone (a name like "
		"Europe/Berlin, or 'system')",
		out->time_zone);
}

/* What holds raw data of the evidence goes to nobody who must not have the names in it. */
static enum options_verdict check_redaction(const struct options *out)
{
	if (out->redact_list && !out->redacts)
		return optionscheck_wrong("--redact-list needs --redact", NULL);
	if (out->redacts && out->restore.folder)
		return optionscheck_wrong(
			"--redact goes without --restore: .reg files hold all that "
			"a profile has",
			NULL);
	if (out->redacts && out->image_folder)
		return optionscheck_wrong(
			"--redact goes without --save-image: hives hold all", NULL);
	if (out->redacts && out->manifest)
		return optionscheck_wrong(
			"--redact goes without --manifest: that names all files as "
			"they are called",
			NULL);
	if (!out->redact_list)
		return OPTIONS_RUN;
	bool twice = (out->output && strcmp(out->redact_list, out->output) == 0) ||
		     (out->html && strcmp(out->redact_list, out->html) == 0);
	for (size_t i = 0; i < out->n_timelines; i++)
		twice |= strcmp(out->redact_list, out->timelines[i]) == 0;
	if (twice)
		return optionscheck_wrong("the same file would be written twice",
					  out->redact_list);
	if (strcmp(out->redact_list, "-") == 0)
		return optionscheck_wrong("--redact-list takes a file", out->redact_list);
	return OPTIONS_RUN;
}

static enum options_verdict check_record(const struct options *out)
{
	if (custody_is_given(&out->custody))
		return optionscheck_wrong(
			"--evidence-number, --received-from and --received-at stand "
			"before the file that they are of",
			NULL);
	if (out->sign_with && !out->manifest)
		return optionscheck_wrong(
			"--sign-with signs the manifest: name it with --manifest", NULL);
	if (out->sign_with && !*out->sign_with)
		return optionscheck_wrong("--sign-with takes a command", NULL);
	if (out->manifest && (!*out->manifest || strcmp(out->manifest, "-") == 0))
		return optionscheck_wrong("--manifest takes the name of a file", NULL);
	return OPTIONS_RUN;
}

enum options_verdict optionscheck_all(struct options *out)
{
	if (out->n_snapshots == 0)
		return optionscheck_wrong(out->validate || out->render
						  ? "no report given"
						  : "no snapshot given",
					  NULL);
	if (check_format(out) != OPTIONS_RUN || check_page(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	if (out->skip_logs && (out->n_logs > 0 || out->image_folder))
		return optionscheck_wrong(
			"--skip-logs goes neither with --log nor with --save-image",
			NULL);
	if (check_restore(out) != OPTIONS_RUN || check_folder(out) != OPTIONS_RUN ||
	    check_zone(out) != OPTIONS_RUN || check_redaction(out) != OPTIONS_RUN ||
	    check_record(out) != OPTIONS_RUN)
		return OPTIONS_WRONG;
	return check_timelines(out);
}
