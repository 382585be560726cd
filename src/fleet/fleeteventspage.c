/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleeteventspage.h"

#include "base/filetime.h"
#include "cause/cause.h"
#include "fleet/fleetlinks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *fleeteventspage_title(const struct fleetevent *event)
{
	/* Rounded up: less is not claimed. */
	uint64_t minutes = (event->to_ft - event->from_ft + FLEETEVENTS_MINUTE - 1) /
			   FLEETEVENTS_MINUTE;
	char from[FILETIME_TEXT_SIZE], to[FILETIME_TEXT_SIZE], *title = NULL;

	minutes = minutes > 0 ? minutes : 1;
	filetime_format(event->from_ft, from);
	filetime_format(event->to_ft, to);
	from[strcspn(from, "T")] = '\0';
	to[strcspn(to, "T")] = '\0';
	bool one_day = strcmp(from, to) == 0;
	if (asprintf(&title, "%zu machines within %llu minute%s on %s%s%s",
		     event->n_machines, (unsigned long long)minutes,
		     minutes == 1 ? "" : "s", from, one_day ? "" : " and ",
		     one_day ? "" : to) < 0)
		return NULL;
	return title;
}

/* ---- what they share ---- */

static void put_cause(struct index_markup *page, const struct fleetevent *event)
{
	if (event->cause == FLEETDATA_NONE)
		return;
	indexmarkup_put(page,
			"<li>The same cause is the best one for each loss: <bdi>%s"
			"</bdi>, ",
			cause_word((enum cause)event->cause));
	indexmarkup_words(page, cause_name((enum cause)event->cause));
	indexmarkup_put(page, "; supported for %zu, possible for %zu of them.</li>\n",
			event->n_supported, event->n_losses - event->n_supported);
}

static void put_processes(struct index_markup *page, const struct fleetdata *data,
			  const struct fleetevent *event)
{
	if (event->n_processes == 0)
		return;
	indexmarkup_put(page, "<li>Held Mapi32.dll on all of them when their processes "
			      "were listed: ");
	for (size_t i = 0; i < event->n_processes; i++) {
		indexmarkup_put(page, i > 0 ? ", " : "");
		indexmarkup_text(page, data->process_names.items[event->processes[i]],
				 NULL);
	}
	indexmarkup_put(page, ".</li>\n");
}

/* ---- its losses ---- */

static void put_when(struct index_markup *page, const struct fleetdata_loss *loss)
{
	if (loss->is_moment) {
		indexmarkup_put(page, "at ");
		indexmarkup_time(page, loss->from_ft);
		return;
	}
	indexmarkup_put(page, "not before ");
	indexmarkup_time(page, loss->from_ft);
	indexmarkup_put(page, " and not after ");
	indexmarkup_time(page, loss->to_ft);
}

static void put_loss(struct index_markup *page, const struct fleetdata *data,
		     const struct fleetdata_loss *loss)
{
	const struct fleetdata_report *report = &data->reports.items[loss->report];

	indexmarkup_put(page, "<tr><th scope=\"row\" data-label=\"Machine\">");
	fleetlinks_who(page, data, report);
	indexmarkup_put(page, "</th><td data-label=\"Profile\">");
	if (loss->profile)
		indexmarkup_text(page, loss->profile, NULL);
	else
		indexmarkup_put(page, "<span class=\"dim\">(name lost)</span>");
	indexmarkup_put(page, "</td><td data-label=\"When\">");
	put_when(page, loss);
	indexmarkup_put(page, "</td><td data-label=\"Report\">");
	fleetlinks_report(page, report);
	indexmarkup_put(page, "</td></tr>\n");
}

static void put_losses(struct index_markup *page, const struct fleetdata *data,
		       const struct fleetevent *event)
{
	size_t n = event->n_losses < FLEETEVENTSPAGE_MAX_LOSSES
			   ? event->n_losses
			   : FLEETEVENTSPAGE_MAX_LOSSES;

	indexmarkup_put(page, "<table>\n<thead><tr><th scope=\"col\">Machine</th>"
			      "<th scope=\"col\">Profile</th><th scope=\"col\">When</th>"
			      "<th scope=\"col\">Report</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < n; i++)
		put_loss(page, data, &data->losses.items[event->losses[i]]);
	indexmarkup_put(page, "</tbody>\n</table>\n");
	fleetlinks_rest(page, event->n_losses - n);
}

static void put_event(struct index_markup *page, const struct fleetdata *data,
		      const struct fleetevent *event)
{
	char *title = fleeteventspage_title(event);

	page->nomem |= !title;
	indexmarkup_put(page, "<article>\n<h3>");
	indexmarkup_words(page, title ? title : "");
	indexmarkup_put(page, ": the same script or update? ");
	indexmarkup_badge(page, "inferred");
	indexmarkup_put(page, "</h3>\n<p>Between ");
	indexmarkup_time(page, event->from_ft);
	indexmarkup_put(page, " and ");
	indexmarkup_time(page, event->to_ft);
	indexmarkup_put(page, ", %zu losses, the least sure of which is ",
			event->n_losses);
	indexmarkup_badge(page, fleetdata_certainty_word(event->certainty));
	indexmarkup_put(page, ". What they share:</p>\n<ul>\n");
	put_cause(page, event);
	put_processes(page, data, event);
	indexmarkup_put(page, "</ul>\n");
	put_losses(page, data, event);
	indexmarkup_put(page, "</article>\n");
	free(title);
}

void fleeteventspage_write(struct index_markup *page, const struct fleetdata *data,
			   const struct fleetevents *events)
{
	size_t n = events->n < FLEETEVENTSPAGE_MAX_EVENTS ? events->n
							  : FLEETEVENTSPAGE_MAX_EVENTS;

	indexmarkup_put(
		page,
		"<section id=\"page-events\" aria-labelledby=\"page-events-h\">\n"
		"<h2 id=\"page-events-h\">Events</h2>\n"
		"<p>An event is <strong>concluded, not read</strong>: losses of several "
		"machines, each known to within 10 minutes, that follow each other "
		"within 5 and share a cause or a program that held Mapi32.dll. What "
		"brought them about it does not say. A loss whose time is not known so "
		"well is in none.</p>\n");
	if (events->n == 0)
		indexmarkup_put(page, "<p>There is none.</p>\n");
	for (size_t i = 0; i < n; i++)
		put_event(page, data, &events->items[i]);
	fleetlinks_rest(page, events->n - n);
	if (events->incomplete)
		indexmarkup_put(page, "<p class=\"notice\"><strong>Caution: </strong>"
				      "there are more losses than were looked at for "
				      "events.</p>\n");
	indexmarkup_put(page, "</section>\n");
}
