/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A recovered profile on the page for a person. */
#include "report/line.h"

static void put_name(FILE *out, const struct recovered_profile *profile)
{
	fputs("\nrecovered       ", out);
	if (text_length(profile->name) > 0)
		line_text(out, profile->name);
	else
		fputs("(name lost)", out);
	fprintf(out, "  [%s, path %s]\n", profile->whole ? "whole" : "in part",
		remnant_certainty_word(profile->certainty));
	if (profile->name_from == RECOVERY_NAME_RECORD ||
	    profile->name_from == RECOVERY_NAME_NONE)
		return;
	fprintf(out, LINE_LABEL "%s\n", "name",
		profile->name_from == RECOVERY_NAME_SNAPSHOT ? "from the earlier snapshot"
		: profile->name_from == RECOVERY_NAME_SRS
			? "probable: its send/receive file is called so"
		: profile->name_from == RECOVERY_NAME_DEFAULT
			? "possible: DefaultProfile names one that is gone"
			: "not known; an account of it is called so");
}

static void put_when(FILE *out, const struct recovered_profile *profile)
{
	if (!profile->deleted_ft && !profile->not_after_ft)
		return;
	fprintf(out, LINE_LABEL, "deleted");
	fputs(profile->deleted_ft ? "at " : "not after ", out);
	line_time(out, profile->deleted_ft ? profile->deleted_ft : profile->not_after_ft);
	fputs(profile->since == REMNANT_SINCE_EARLIER
		      ? " UTC, before the earlier snapshot was taken\n"
		      : " UTC\n",
	      out);
}

/* Begins the line, or goes on in it. */
static void put_separator(FILE *out, bool *any)
{
	if (*any)
		fputs(", ", out);
	else
		fprintf(out, LINE_LABEL, "lost");
	*any = true;
}

void recovered_lost(FILE *out, bool own_key, size_t n_values, size_t n_data,
		    size_t n_heads)
{
	bool any = false;

	if (own_key) {
		put_separator(out, &any);
		fputs("its own key", out);
	}
	if (n_values > 0) {
		put_separator(out, &any);
		fprintf(out, "%zu value%s", n_values, line_plural(n_values));
	}
	if (n_data > 0) {
		put_separator(out, &any);
		fprintf(out, "the data of %zu value%s", n_data, line_plural(n_data));
	}
	if (n_heads > 0) {
		put_separator(out, &any);
		fprintf(out, "the first bytes of %zu value%s", n_heads,
			line_plural(n_heads));
	}
	if (any)
		fputc('\n', out);
}

void recovered_write(FILE *out, const struct recovered_profile *profile)
{
	put_name(out, profile);
	if (profile->store) {
		fprintf(out, LINE_LABEL, "in");
		line_list(out, profile->store);
	}
	put_when(out, profile);
	if (profile->lives_on) {
		fprintf(out, LINE_LABEL "as ", "lives on");
		line_text(out, key_name(profile->lives_on));
		fputs(", moved, renamed or copied\n", out);
	}
	held_write(out, &profile->profile);
	recovered_lost(out, profile->torn, profile->n_values_lost, profile->n_data_lost,
		       profile->n_heads_lost);
}
