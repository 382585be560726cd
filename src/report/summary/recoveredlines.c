/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A recovered profile, spelled out in the summary. */
#include "report/summary/recoveredlines.h"

#include "report/summary/profilelines.h"
#include "report/summary/wording.h"

static void put_name(struct screen *screen, const struct recovered_profile *profile)
{
	screen_gap(screen);
	screen_line(screen, 0, 16, SCREEN_BAD, "recovered");
	screen_style(screen, SCREEN_STRONG);
	if (text_length(profile->name) > 0)
		screen_text(screen, profile->name);
	else
		screen_print(screen, "(name lost)");
	screen_style(screen, SCREEN_PLAIN);
	screen_print(screen, "  [%s, path %s]",
		     profile->has_no_gaps ? "no gaps" : "in part",
		     recovered_certainty_word(profile->certainty));
	if (profile->name_from == RECOVERY_NAME_RECORD ||
	    profile->name_from == RECOVERY_NAME_NONE)
		return;
	wording_line(screen, "name");
	screen_print(screen, "%s",
		     profile->name_from == RECOVERY_NAME_SNAPSHOT
			     ? "from the earlier snapshot"
		     : profile->name_from == RECOVERY_NAME_SRS
			     ? "probable: its send/receive file is called so"
		     : profile->name_from == RECOVERY_NAME_DEFAULT
			     ? "possible: DefaultProfile names one that is gone"
			     : "not known; an account of it is called so");
}

static void put_when(struct screen *screen, const struct recovered_profile *profile)
{
	if (!profile->deleted_ft && !profile->not_after_ft)
		return;
	wording_line(screen, "deleted");
	screen_print(screen, profile->deleted_ft ? "at " : "not after ");
	screen_time(screen,
		    profile->deleted_ft ? profile->deleted_ft : profile->not_after_ft);
	screen_utc(screen);
	if (profile->since == RECOVERED_SINCE_EARLIER)
		screen_print(screen, ", before the earlier snapshot was taken");
}

/* Begins the line, or goes on in it. */
static void put_separator(struct screen *screen, bool *any)
{
	if (*any)
		screen_print(screen, ", ");
	else
		wording_line(screen, "lost");
	*any = true;
}

void recoveredlines_lost(struct screen *screen, bool own_key, size_t n_values,
			 size_t n_data, size_t n_beginnings)
{
	bool any = false;

	if (own_key) {
		put_separator(screen, &any);
		screen_print(screen, "its own key");
	}
	if (n_values > 0) {
		put_separator(screen, &any);
		screen_print(screen, "%zu value%s", n_values, wording_plural(n_values));
	}
	if (n_data > 0) {
		put_separator(screen, &any);
		screen_print(screen, "the data of %zu value%s", n_data,
			     wording_plural(n_data));
	}
	if (n_beginnings > 0) {
		put_separator(screen, &any);
		screen_print(screen, "the first bytes of %zu value%s", n_beginnings,
			     wording_plural(n_beginnings));
	}
}

void recoveredlines_write(struct screen *screen, const struct recovered_profile *profile)
{
	put_name(screen, profile);
	if (profile->store) {
		wording_line(screen, "in");
		wording_list(screen, profile->store);
	}
	put_when(screen, profile);
	if (profile->mixed) {
		wording_line(screen, "doubtful");
		screen_print(screen, "remnants of more than one profile may be in it");
	}
	if (profile->may_be_alive && !profile->lives_on) {
		wording_line(screen, "deleted");
		screen_print(screen,
			     "cannot tell: damage hides whether it is still there");
	}
	if (profile->lives_on) {
		wording_line(screen, "lives on");
		screen_print(screen, "as ");
		screen_text(screen, key_name(profile->lives_on));
		screen_print(screen, ", moved, renamed or copied");
	}
	profilelines_write(screen, &profile->profile);
	recoveredlines_lost(screen, profile->torn, profile->n_values_lost,
			    profile->n_data_lost, profile->n_heads_lost);
}
