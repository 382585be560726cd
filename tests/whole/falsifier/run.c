// SPDX-License-Identifier: GPL-2.0-or-later
/* Spawning the program, and small words for reading its report. */
#include "whole/falsifier/run.h"

#include "samples/builder.h"
#include "whole/falsifier/evidence.h"

#include <fcntl.h>
#include <libxml/parser.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

enum { PATH_LEN = 512, RUN_WORDS = 8 + RUN_MAX_HIVES + EVIDENCE_ARGS };

static int spawn(char *const *argv, const char *out)
{
	posix_spawn_file_actions_t files;
	pid_t pid;
	int status = -1;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 1, out, O_WRONLY | O_CREAT | O_TRUNC,
					 0600);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawn(&pid, argv[0], &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	if (failed != 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static void read_first_line(struct run *run, const char *path)
{
	FILE *file = fopen(path, "r");

	run->first_line[0] = '\0';
	if (file == NULL)
		return;
	if (fgets(run->first_line, sizeof(run->first_line), file) == NULL)
		run->first_line[0] = '\0';
	run->first_line[strcspn(run->first_line, "\n")] = '\0';
	fclose(file);
}

/* The command that is being put together. */
struct command {
	char *argv[RUN_WORDS + 1];
	char words[RUN_WORDS][PATH_LEN];
	size_t n;
};

/* Adds an argument; `shown`: for people too. */
static void add(struct command *command, struct run *run, const char *word, bool shown)
{
	size_t len = strlen(run->command);

	if (command->n == RUN_WORDS)
		abort();
	snprintf(command->words[command->n], PATH_LEN, "%s", word);
	command->argv[command->n] = command->words[command->n];
	command->n++;
	if (shown)
		snprintf(run->command + len, sizeof(run->command) - len, " %s", word);
}

void run_program(struct run *run, const char *folder, const char *const *hives, size_t n,
		 const struct run_more *more)
{
	const struct evidence *evidence = more->evidence;
	struct command command = { .n = 0 };
	char report[PATH_LEN];
	char out[PATH_LEN];

	snprintf(report, sizeof(report), "%s/report.xml", folder);
	snprintf(out, sizeof(out), "%s/summary.txt", folder);
	snprintf(run->command, sizeof(run->command), "wmsdiff --full");
	add(&command, run, getenv("WMSDIFF"), false);
	add(&command, run, "-j1", false);
	add(&command, run, "--full", false);
	add(&command, run, "-o", false);
	add(&command, run, report, false);
	for (size_t i = 0; evidence != NULL && i < evidence->n_args; i++)
		add(&command, run, evidence->args[i], true);
	if (more->restore != NULL) {
		add(&command, run, "--reg-encoding=utf8", true);
		add(&command, run, "--restore", true);
		add(&command, run, more->restore, true);
	}
	for (size_t i = 0; i < n; i++)
		add(&command, run, hives[i], true);
	command.argv[command.n] = NULL;
	remove(report);
	run->status = spawn(command.argv, out);
	read_first_line(run, out);
	run->report = xmlReadFile(report, NULL,
				  XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR |
					  XML_PARSE_NOWARNING | XML_PARSE_COMPACT |
					  XML_PARSE_NOBLANKS);
}

void run_clear(struct run *run)
{
	xmlFreeDoc(run->report);
	run->report = NULL;
}

bool run_is(const xmlNode *node, const char *name)
{
	return node != NULL && node->type == XML_ELEMENT_NODE &&
	       strcmp((const char *)node->name, name) == 0;
}

static xmlNode *first_named(xmlNode *node, const char *name)
{
	while (node != NULL && !run_is(node, name))
		node = node->next;
	return node;
}

xmlNode *run_child(const xmlNode *node, const char *name)
{
	return node == NULL ? NULL : first_named(node->children, name);
}

xmlNode *run_next(const xmlNode *node, const char *name)
{
	return first_named(node->next, name);
}

const char *run_get(const xmlNode *node, const char *attribute)
{
	if (node == NULL)
		return "";
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, attribute) == 0)
			return a->children == NULL ? ""
						   : (const char *)a->children->content;
	return "";
}

const char *run_text(const xmlNode *node)
{
	if (node == NULL || node->children == NULL || node->children->content == NULL)
		return "";
	return (const char *)node->children->content;
}

uint64_t run_number(const xmlNode *node, const char *attribute)
{
	return strtoull(run_get(node, attribute), NULL, 10);
}

uint64_t run_time(const char *text)
{
	unsigned year;
	unsigned month;
	unsigned day;
	unsigned hour;
	unsigned minute;
	unsigned second;
	unsigned fraction;

	if (sscanf(text, "%u-%u-%uT%u:%u:%u.%7uZ", &year, &month, &day, &hour, &minute,
		   &second, &fraction) != 7)
		return 0;
	return builder_filetime(year, month, day, hour, minute, second) + fraction;
}
