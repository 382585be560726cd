/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/document/collectionelements.h"

#include "report/document/diagnostics.h"

#include <string.h>

static const struct pairing_subject *subject_of(const struct parts *parts)
{
	return parts->options->collection ? parts->options->collection->subject : NULL;
}

/* ---- what was given ---- */

static const char *kind_word(enum found_operand_kind kind)
{
	switch (kind) {
	case FOUND_FILE:
		return "file";
	case FOUND_FOLDER:
		return "folder";
	case FOUND_ARCHIVE:
		return "archive";
	}
	return "file";
}

static void write_operand(struct xml *xml, const struct found_operand *operand)
{
	xml_open(xml, "collection");
	xml_attribute(xml, "kind", kind_word(operand->kind));
	xml_number(xml, "whole", operand->whole);
	xml_number(xml, "left", operand->n_left);
	xml_element_path(xml, "path", operand->path);
	for (size_t i = 0; i < FILEKIND_N; i++) {
		if (operand->seen[i] == 0)
			continue;
		xml_open(xml, "seen");
		xml_attribute(xml, "kind", filekind_word((enum filekind)i));
		xml_number(xml, "count", operand->seen[i]);
		xml_close(xml);
	}
	xml_close(xml);
}

void collectionelements_write(struct parts *parts)
{
	const struct report_collection *collection = parts->options->collection;

	for (size_t i = 0; collection && i < collection->finds->n_operands; i++)
		write_operand(parts->xml, &collection->finds->operands[i]);
}

/* ---- the subject ---- */

const char *collectionelements_paired_by(const struct parts *parts)
{
	const struct pairing_subject *subject = subject_of(parts);
	enum whose_way way = WHOSE_SID_ROOT;

	if (!subject)
		return "operands";
	for (size_t i = 0; i < subject->n; i++)
		if (subject->sources[i].hive->way > way)
			way = subject->sources[i].hive->way;
	return whose_way_word(way);
}

bool collectionelements_is_ambiguous(const struct parts *parts)
{
	const struct pairing_subject *subject = subject_of(parts);

	return subject && subject->ambiguous;
}

static void write_place(struct parts *parts, const char *path)
{
	const struct pairing_subject *subject = subject_of(parts);
	struct xml *xml = parts->xml;

	for (size_t i = 0; subject && i < subject->n; i++) {
		const struct pairing_source *source = &subject->sources[i];
		const struct place *place = &source->found->place;
		char drive[2] = { place->drive, '\0' };
		if (strcmp(source->found->path, path) != 0)
			continue;
		xml_open(xml, "place");
		xml_attribute(xml, "layout", place_layout_word(place->layout));
		if (place->number > 0)
			xml_number(xml, "number", place->number);
		if (place->shadow_copy > 0)
			xml_number(xml, "shadow_copy", place->shadow_copy);
		xml_attribute(xml, "drive", place->drive ? drive : NULL);
		xml_attribute(xml, "user", place->user);
		xml_attribute(xml, "paired_by", whose_way_word(source->hive->way));
		xml_attribute(xml, "conflict", source->hive->conflict);
		xml_element_path(xml, "path", path);
		xml_close(xml);
		return;
	}
}

void collectionelements_places(struct parts *parts, const struct snapshot *snapshot)
{
	write_place(parts, snapshot->evidence->path);
	for (size_t i = 0; i < snapshot->n_twins; i++)
		write_place(parts, snapshot->twins[i]);
}

static const char *gap_word(enum pairing_gap gap)
{
	switch (gap) {
	case PAIRING_WHOLE:
		return NULL;
	case PAIRING_HIVE_GONE:
		return "hive_missing";
	case PAIRING_CANNOT_TELL:
		return "unknown";
	case PAIRING_ONLY_LATER:
		return "only_later";
	}
	return NULL;
}

void collectionelements_unpaired(struct parts *parts)
{
	const struct pairing_subject *subject = subject_of(parts);

	if (!subject || subject->gap == PAIRING_WHOLE)
		return;
	xml_open(parts->xml, "unpaired");
	xml_attribute(parts->xml, "kind", gap_word(subject->gap));
	xml_content(parts->xml, subject->why);
	xml_close(parts->xml);
}

uint64_t collectionelements_n_unpaired(const struct parts *parts)
{
	const struct pairing_subject *subject = subject_of(parts);

	return subject && subject->gap != PAIRING_WHOLE;
}

/* ---- what was observed ---- */

void collectionelements_diagnostics(struct parts *parts)
{
	const struct report_collection *collection = parts->options->collection;

	if (!collection)
		return;
	diagnostics_list(parts, collection->finds->diags);
	if (collection->diags)
		diagnostics_list(parts, collection->diags);
}
