/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/rights/signcommand.h"

#include "cli/rights/confine.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status refuse(struct failure *failure, const char *what, const char *why)
{
	char shown[4200];

	failure_set(failure, "--sign-with: %s: %s",
		    failure_path(what, shown, sizeof(shown)), why);
	return STATUS_UNSUPPORTED;
}

void signcommand_clear(struct signcommand *command)
{
	free(command->program);
	while (command->n > 0)
		free(command->words[--command->n]);
	*command = (struct signcommand){ 0 };
}

/* ---- words ---- */

/*
 * One word, in which nothing is quoted any more; *at is moved behind it.  out has room for
 * all of the text.
 * Return: false if a quotation mark has no other.
 */
static bool take_word(const char **at, char *out)
{
	const char *c = *at;
	char quote = '\0';

	for (; *c && (quote || (*c != ' ' && *c != '\t' && *c != '\n')); c++)
		if (*c == quote)
			quote = '\0';
		else if (!quote && (*c == '\'' || *c == '"'))
			quote = *c;
		else if (*c == '\\' && quote != '\'' && c[1])
			*out++ = *++c;
		else
			*out++ = *c;
	*out = '\0';
	*at = c;
	return !quote;
}

static enum status add(struct signcommand *command, const char *word,
		       struct failure *failure)
{
	if (command->n == SIGNCOMMAND_MAX)
		return refuse(failure, word, "the command has too many words");
	command->words[command->n] = strdup(word);
	if (!command->words[command->n])
		return STATUS_NOMEM;
	command->n++;
	return STATUS_OK;
}

enum status signcommand_read(const char *text, struct signcommand *out,
			     struct failure *failure)
{
	char *word = malloc(strlen(text) + 1);
	const char *at = text + strspn(text, " \t\n");
	enum status status = word ? STATUS_OK : STATUS_NOMEM;

	*out = (struct signcommand){ 0 };
	while (status == STATUS_OK && *at) {
		status = take_word(&at, word)
				 ? add(out, word, failure)
				 : refuse(failure, text, "a quotation mark has no other");
		at += strspn(at, " \t\n");
	}
	free(word);
	if (status == STATUS_OK && (out->n == 0 || !*out->words[0]))
		status = refuse(failure, text, "names no program");
	return status;
}

enum status signcommand_add_path(struct signcommand *command, const char *path,
				 struct failure *failure)
{
	char *word = NULL;

	if (asprintf(&word, "%s%s", path[0] == '-' ? "./" : "", path) < 0)
		return STATUS_NOMEM;
	enum status status = add(command, word, failure);
	free(word);
	return status;
}

/* ---- the program ---- */

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* By PATH.  Return: STATUS_OK, *out given or NULL where there is none; STATUS_NOMEM. */
static enum status search(const char *name, char **out)
{
	const char *folders = getenv("PATH");

	*out = NULL;
	for (const char *at = folders; at; at = *at ? at + 1 : NULL) {
		size_t len = strcspn(at, ":");
		char *path = NULL;
		if (asprintf(&path, "%.*s/%s", len > 0 ? (int)len : 1, len > 0 ? at : ".",
			     name) < 0)
			return STATUS_NOMEM;
		if (is_program(path)) {
			*out = path;
			return STATUS_OK;
		}
		free(path);
		at += len;
	}
	return STATUS_OK;
}

/* What is run cannot be replaced; links to it are followed now, and never again. */
static enum status settle(struct signcommand *command, const struct options *options,
			  struct failure *failure)
{
	char *real = realpath(command->program, NULL);
	bool can = true;

	if (!real)
		return refuse(failure, command->program, "cannot be found");
	free(command->program);
	command->program = real;
	RETURN_IF_FAILED(confine_can_write(options, real, &can));
	return can ? refuse(failure, real,
			    "lies where outputs go, and what is read could replace it: "
			    "keep it elsewhere")
		   : STATUS_OK;
}

enum status signcommand_find(struct signcommand *command, const struct options *options,
			     struct failure *failure)
{
	const char *name = command->words[0];

	if (!strchr(name, '/')) {
		RETURN_IF_FAILED(search(name, &command->program));
	} else {
		command->program = strdup(name);
		if (!command->program)
			return STATUS_NOMEM;
	}
	if (!command->program || !is_program(command->program))
		return refuse(failure, name, "there is no such program");
	return settle(command, options, failure);
}
