/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "help/written.h"

#include "help/hives.h"

#include "report/document/namespaces.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void take(void *context, struct span bytes)
{
	struct written *w = context;
	char *grown = realloc(w->bytes, w->n + bytes.len + 1);

	assert_non_null(grown);
	w->bytes = grown;
	assert_true(span_copy(bytes, 0, w->bytes + w->n, bytes.len));
	w->n += bytes.len;
	w->bytes[w->n] = '\0';
}

void written_start(struct written *w)
{
	written_start_redacted(w, NULL);
}

void written_start_redacted(struct written *w, struct redact *redact)
{
	struct failure failure = { "" };

	*w = (struct written){ .path = hives_temporary("", 0) };
	assert_int_equal(output_open(w->path, NULL, &w->output, &failure), STATUS_OK);
	output_watch(w->output, take, w);
	assert_int_equal(xml_start(w->output, redact, &w->parts.xml), STATUS_OK);
	w->parts.options = &w->options;
	w->subject.options = &w->options;
	w->parts.subjects = &w->subject;
	w->parts.n_subjects = 1;
	xml_open(w->parts.xml, "report");
	xml_attribute(w->parts.xml, "xmlns", REPORT_NAMESPACE);
	xml_attribute(w->parts.xml, "xmlns:dfxml", XML_DFXML);
	xml_attribute(w->parts.xml, "xmlns:regxml", XML_REGXML);
	xml_attribute(w->parts.xml, "xmlns:delta", XML_DELTA);
}

void written_of(struct written *w, const struct series *series,
		const struct companions *companions, const struct diagnoses *diagnoses)
{
	inputs_free(w->inputs);
	assert_int_equal(inputs_list(series, companions, &w->inputs), STATUS_OK);
	w->parts.series = w->subject.series = series;
	w->options.inputs = w->inputs;
	w->options.companions = companions;
	w->options.diagnoses = diagnoses;
}

void written_of_pair(struct written *w, struct pair *pair)
{
	w->snapshots[0] = pair->old;
	w->snapshots[1] = pair->new;
	w->series = (struct series){ .snapshots = w->snapshots,
				     .recoveries = pair->recoveries,
				     .n_snapshots = 2,
				     .comparisons = &pair->found,
				     .n_comparisons = 1 };
	written_of(w, &w->series, NULL, NULL);
}

void written_of_later(struct written *w, struct pair *pair)
{
	w->snapshots[0] = pair->new;
	w->series = (struct series){ .snapshots = w->snapshots,
				     .recoveries = &pair->recoveries[1],
				     .n_snapshots = 1 };
	written_of(w, &w->series, NULL, NULL);
}

void written_start_unweighed(struct written *w, struct world *world)
{
	world_read_companions(world);
	world_read_series(world);
	written_start(w);
	written_of(w, world->series, world->companions, NULL);
}

void written_start_world(struct written *w, struct world *world)
{
	world_give_all(world);
	world_read_companions(world);
	world_read_series(world);
	assert_int_equal(
		diagnoses_read(world->series, world->companions, &world->diagnoses),
		STATUS_OK);
	written_start(w);
	written_of(w, world->series, world->companions, &world->diagnoses);
}

void written_end(struct written *w)
{
	xml_close(w->parts.xml);
	assert_int_equal(xml_finish(w->parts.xml), STATUS_OK);
	w->parts.xml = NULL;
	w->tree = xpath_parse(w->bytes, w->n);
}

void written_free(struct written *w)
{
	xpath_free(w->tree);
	output_abort(w->output);
	inputs_free(w->inputs);
	free(w->bytes);
	(void)remove(w->path);
	free(w->path);
}

void written_is(const struct written *w, const char *expression, const char *expected)
{
	xpath_is(w->tree, expression, expected);
}
