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

/* One thing that is lost, with a comma before it unless it is the first. */
static void put_loss(FILE *out, bool *any, size_t n, const char *one, const char *many)
{
	if (n == 0)
		return;
	if (*any)
		fputs(", ", out);
	else
		fprintf(out, LINE_LABEL, "lost");
	*any = true;
	if (n == 1)
		fputs(one, out);
	else
		fprintf(out, "%s %zu", many, n);
}

static void put_values(FILE *out, bool *any, size_t n)
{
	put_loss(out, any, n == 1, "1 value", "");
	if (n < 2)
		return;
	put_loss(out, any, 1, "", "");
	fprintf(out, "%zu values", n);
}

static void put_lost(FILE *out, const struct recovered_profile *profile)
{
	bool any = false;

	put_loss(out, &any, profile->torn, "its own key", "");
	put_values(out, &any, profile->n_values_lost);
	put_loss(out, &any, profile->n_data_lost, "the data of 1", "the data of");
	put_loss(out, &any, profile->n_heads_lost, "the first bytes of 1",
		 "the first bytes of");
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
	put_lost(out, profile);
}
