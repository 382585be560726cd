/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the command line by the tables: GNU conventions. */
#include "sweepcli/sweepoptions.h"

#include "base/compiler.h"
#include "sweep/run/engine.h"
#include "sweepcli/sweephelp.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* What getopt gives: for an argument that is no option, and for the first of the table. */
#define OPTION_OPERAND 1
#define OPTION_FIRST 256

#define DEFAULT_SECONDS 600
#define DEFAULT_MEBIBYTES 2048

static enum sweepoptions_verdict wrong(struct voice *voice, const char *message,
				       const char *argument)
{
	voice_fault(voice, "%s%s%s", message, argument ? ": " : "",
		    argument ? argument : "");
	if (voice->out)
		fputs("Try 'wmsdiff-sweep --help' for more information.\n", voice->out);
	return SWEEPOPTIONS_WRONG;
}

/* ---- values ---- */

/* Digits up to a number.  Return: what follows, or NULL. */
static const char *read_digits(const char *text, uint64_t most, uint64_t *out)
{
	const char *at = text;

	for (*out = 0; *at >= '0' && *at <= '9'; at++) {
		*out = *out * 10 + (uint64_t)(*at - '0');
		if (*out > most)
			return NULL;
	}
	return at > text ? at : NULL;
}

static enum sweepoptions_verdict read_number(const struct sweeptable_row *row,
					     struct voice *voice, uint64_t *out)
{
	const char *end = read_digits(optarg, row->most, out);
	char message[96];

	if (end && !*end)
		return SWEEPOPTIONS_RUN;
	(void)snprintf(message, sizeof(message), "--%s takes a number up to %llu",
		       row->name, (unsigned long long)row->most);
	return wrong(voice, message, optarg);
}

static enum sweepoptions_verdict read_shard(struct voice *voice, struct shard *out)
{
	uint64_t i = 0, n = 0;
	const char *at = read_digits(optarg, SWEEPLOCK_MAX_SHARDS, &i);

	if (at && *at == '/')
		at = read_digits(at + 1, SWEEPLOCK_MAX_SHARDS, &n);
	if (!at || *at || i < 1 || i > n)
		return wrong(voice, "--shard takes I/N, I from 1 to N", optarg);
	*out = (struct shard){ (unsigned)i, (unsigned)n };
	return SWEEPOPTIONS_RUN;
}

static enum sweepoptions_verdict read_word(const struct sweeptable_row *row,
					   struct voice *voice, unsigned *out)
{
	const char *word = row->words;
	char message[96];

	for (unsigned i = 0; *word; i++) {
		size_t len = strcspn(word, "|");
		if (strlen(optarg) == len && strncmp(word, optarg, len) == 0) {
			*out = i;
			return SWEEPOPTIONS_RUN;
		}
		word += len + (word[len] == '|');
	}
	(void)snprintf(message, sizeof(message), "--%s takes %s", row->name, row->words);
	return wrong(voice, message, optarg);
}

static enum sweepoptions_verdict read_row(const struct sweeptable_row *row,
					  struct voice *voice, struct sweep_options *out)
{
	void *at = (char *)out + row->at;

	if (row->command != SWEEPTABLE_NO_COMMAND && row->command != out->command)
		return wrong(voice, "this command has no such option", row->name);
	switch (row->kind) {
	case SWEEPTABLE_FLAG:
		*(bool *)at = true;
		return SWEEPOPTIONS_RUN;
	case SWEEPTABLE_TEXT:
		*(const char **)at = optarg;
		return SWEEPOPTIONS_RUN;
	case SWEEPTABLE_LIST:
		if (out->n_engine_options == row->most)
			return wrong(voice, "too many of this option", row->name);
		((const char **)at)[out->n_engine_options++] = optarg;
		return SWEEPOPTIONS_RUN;
	case SWEEPTABLE_WORDS:
		return read_word(row, voice, at);
	case SWEEPTABLE_NUMBER:
		return read_number(row, voice, at);
	case SWEEPTABLE_SHARD:
		return read_shard(voice, at);
	case SWEEPTABLE_HELP:
		sweephelp_print();
		return SWEEPOPTIONS_DONE;
	case SWEEPTABLE_VERSION:
		sweephelp_print_version();
		return SWEEPOPTIONS_DONE;
	}
	return SWEEPOPTIONS_WRONG;
}

/* ---- the line ---- */

static enum sweepoptions_verdict add_operand(const char *operand, struct voice *voice,
					     struct sweep_options *out)
{
	const struct sweeptable_command_row *row = &sweeptable_commands[out->command];

	if (out->n_operands == row->most)
		return wrong(voice, "too many operands", operand);
	out->operands[out->n_operands++] = operand;
	return SWEEPOPTIONS_RUN;
}

static enum sweepoptions_verdict read_option(int option, const char *given,
					     struct voice *voice,
					     struct sweep_options *out)
{
	if (option == OPTION_OPERAND)
		return add_operand(optarg, voice, out);
	if (option == ':')
		return wrong(voice, "option requires an argument", given);
	if (option >= OPTION_FIRST)
		return read_row(&sweeptable[option - OPTION_FIRST], voice, out);
	for (size_t i = 0; i < sweeptable_n; i++)
		if (option != '?' && sweeptable[i].letter == option)
			return read_row(&sweeptable[i], voice, out);
	return wrong(voice, "unrecognized option", given);
}

static void for_getopt(struct option *longs, char *letters)
{
	*letters++ = '-';
	*letters++ = ':';
	for (size_t i = 0; i < sweeptable_n; i++) {
		const struct sweeptable_row *row = &sweeptable[i];
		longs[i] = (struct option){
			.name = row->name,
			.has_arg = row->argument ? required_argument : no_argument,
			.val = OPTION_FIRST + (int)i,
		};
		if (!row->letter)
			continue;
		*letters++ = row->letter;
		if (row->argument)
			*letters++ = ':';
	}
	longs[sweeptable_n] = (struct option){ 0 };
	*letters = '\0';
}

/* The command is the first argument; --help and --version may stand in its place. */
static bool read_command(const char *word, struct sweep_options *out)
{
	for (unsigned i = 0; i < SWEEPTABLE_NO_COMMAND; i++)
		if (strcmp(word, sweeptable_commands[i].name) == 0) {
			out->command = (enum sweeptable_command)i;
			return true;
		}
	return false;
}

static enum sweepoptions_verdict check_all(struct voice *voice,
					   const struct sweep_options *out)
{
	if (out->n_operands < sweeptable_commands[out->command].least)
		return wrong(voice, "too few operands",
			     sweeptable_commands[out->command].operands);
	if (out->command != SWEEPTABLE_RUN)
		return SWEEPOPTIONS_RUN;
	if (!out->output_dir || !*out->output_dir)
		return wrong(voice, "run needs --output-dir DIR", NULL);
	if ((out->engine == ENGINE_SSH) != (out->hosts != NULL))
		return wrong(voice, "--engine ssh and --hosts FILE go together", NULL);
	if (out->bring_back && out->engine != ENGINE_SSH)
		return wrong(voice, "--bring-back goes with --engine ssh", NULL);
	return SWEEPOPTIONS_RUN;
}

enum sweepoptions_verdict sweepoptions_read(int argc, char *argv[], struct voice *voice,
					    struct sweep_options *out)
{
	static struct option longs[OPTION_FIRST];
	static char letters[3 * OPTION_FIRST];
	int option, skip;

	*out = (struct sweep_options){ .command = SWEEPTABLE_NO_COMMAND,
				       .output = "-",
				       .seconds = DEFAULT_SECONDS,
				       .mebibytes = DEFAULT_MEBIBYTES };
	if (argc < 2)
		return wrong(voice, "no command given", NULL);
	skip = read_command(argv[1], out);
	if (!skip && argv[1][0] != '-')
		return wrong(voice, "no such command", argv[1]);
	argc -= skip;
	argv += skip;
	for_getopt(longs, letters);
	opterr = 0;
	optind = 0;
	while ((option = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (option == OPTION_OPERAND && !skip)
			return wrong(voice, "no command given", NULL);
		enum sweepoptions_verdict verdict =
			read_option(option, argv[optind - 1], voice, out);
		if (verdict != SWEEPOPTIONS_RUN)
			return verdict;
	}
	if (!skip)
		return wrong(voice, "no command given", NULL);
	for (int i = optind; i < argc; i++)
		if (add_operand(argv[i], voice, out) != SWEEPOPTIONS_RUN)
			return SWEEPOPTIONS_WRONG;
	return check_all(voice, out);
}
