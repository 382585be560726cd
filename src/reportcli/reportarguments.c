/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/reportarguments.h"

#include "base/compiler.h"

#include <string.h>

static const struct {
	const char *name;
	enum reportarguments_option option;
} known[] = {
	{ "--evidence", REPORTARGUMENTS_EVIDENCE },
	{ "--html", REPORTARGUMENTS_HTML },
};

/*
 * The option of a word, and in *value what stands behind its '=', or NULL.
 * Return: 0 if there is none of that name.
 */
static unsigned option_of(const char *word, const char **value)
{
	const char *sign = strchr(word, '=');
	size_t len = sign ? (size_t)(sign - word) : strlen(word);

	*value = sign ? sign + 1 : NULL;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strlen(known[i].name) == len &&
		    strncmp(known[i].name, word, len) == 0)
			return known[i].option;
	return 0;
}

static const char *take_option(struct reportarguments *out, unsigned option,
			       const char *value)
{
	if (!*value)
		return "the argument of an option is empty";
	if (option == REPORTARGUMENTS_HTML) {
		if (out->html)
			return "--html is given twice";
		out->html = value;
		return NULL;
	}
	if (out->n_evidence == REPORTARGUMENTS_MAX_EVIDENCE)
		return "--evidence is given too often";
	out->evidence[out->n_evidence++] = value;
	return NULL;
}

const char *reportarguments_read(char *const *words, size_t n, unsigned options,
				 struct reportarguments *out)
{
	bool only_operands = false;
	const char *value, *wrong;

	*out = (struct reportarguments){ 0 };
	for (size_t i = 0; i < n; i++) {
		if (!only_operands && strcmp(words[i], "--") == 0) {
			only_operands = true;
			continue;
		}
		if (only_operands || words[i][0] != '-') {
			if (out->operand)
				return "there are too many operands";
			out->operand = words[i];
			continue;
		}
		unsigned option = option_of(words[i], &value);
		if (!(option & options))
			return "there is no such option";
		if (!value && i + 1 == n)
			return "the argument of an option is missing";
		if (!value)
			value = words[++i];
		wrong = take_option(out, option, value);
		if (wrong)
			return wrong;
	}
	return out->operand ? NULL : "the operand is missing";
}
