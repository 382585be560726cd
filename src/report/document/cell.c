/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Raw keys and values in RegXML's words.  A secret's data are left out, and
 * so are hashes from which a short secret could be guessed: of its data, and
 * of its record when the data stand in there.
 */
#include "report/document/cell.h"

#include "base/filetime.h"
#include "mapi/secret.h"
#include "regf/record.h"
#include "report/document/writer/inputids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was recovered together with a key or placeholder. */
static const struct recovered_keys *recovered_in(const struct parts *parts,
						 const struct snapshot *snapshot,
						 const struct key *key)
{
	return recovery_part_of(series_recovery(parts->series, snapshot), key)->recovered;
}

/* The nameless placeholder above a recovered key whose path is partial; NULL for others. */
static const struct key *lost_parent(const struct parts *parts,
				     const struct snapshot *snapshot,
				     const struct key *key)
{
	const struct key *top = key;

	if (!series_recovery(parts->series, snapshot) ||
	    !(key->flags & (KEY_FLAG_RECOVERED | KEY_FLAG_PLACEHOLDER)))
		return NULL;
	while (top->parent && top->parent->parent)
		top = top->parent;
	return top->parent == recovered_in(parts, snapshot, key)->adrift ? top : NULL;
}

bool cell_is_adrift(const struct parts *parts, const struct snapshot *snapshot,
		    const struct key *key)
{
	return lost_parent(parts, snapshot, key) != NULL;
}

bool cell_path(const struct parts *parts, const struct snapshot *snapshot,
	       const struct key *key, const struct value *value, struct text *out)
{
	const char *prefix = snapshot->stores.prefix ? snapshot->stores.prefix : "";

	/* Below a lost parent nobody knows what comes before. */
	const struct key *adrift = lost_parent(parts, snapshot, key);
	if (adrift)
		return key_path(key, adrift, "", value, out);
	if (!key_path(key, NULL, prefix, value, out))
		return false;
	/* The saved subtree's own root: its path ends without a backslash. */
	if (!key->parent && !value && *prefix)
		*out = text_slice(*out, 0, text_length(*out) - 1);
	return true;
}

/* Which fields of a recovered record were concluded, as words. */
static void write_inferred(struct xml *xml, unsigned inferred)
{
	static const char *const words[] = { "kind",	    "encoding", "name_length",
					     "first_value", "name",	"data" };
	char text[64] = "";

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (inferred >> i & 1) {
			size_t n = strlen(text);
			(void)snprintf(text + n, sizeof(text) - n, "%s%s", n ? " " : "",
				       words[i]);
		}
	xml_attribute(xml, "inferred", text[0] ? text : NULL);
}

/* What is known of a recovered record beside its bytes. */
static void write_origin(struct parts *parts, const struct recovered_place *place,
			 enum recovered_certainty certainty, unsigned inferred)
{
	xml_attribute(parts->xml, "origin", recovered_origin_word(place->origin));
	xml_attribute(parts->xml, "path_certainty", recovered_certainty_word(certainty));
	write_inferred(parts->xml, inferred);
}

/* Other places where the record was found: input and offset of each. */
static void write_copies(struct parts *parts, const struct snapshot *snapshot,
			 const struct recovered_key *info)
{
	struct recovered_place first = info->places[0];
	char *text = NULL;
	size_t size = 0, n = 0;
	FILE *out = info->n_places > 1 ? open_memstream(&text, &size) : NULL;

	if (info->n_places < 2)
		return;
	if (first.log == SIZE_MAX)
		(void)snapshot_locate(snapshot, &first.offset, &first.log);
	for (size_t i = 1; out && i < info->n_places; i++) {
		const struct recovered_place *place = &info->places[i];
		/* The image may have it from that very place. */
		if (place->log == first.log && place->offset == first.offset)
			continue;
		fprintf(out, "%si%zu+%u", n++ ? " " : "",
			inputids_number(parts, snapshot, place->log), place->offset);
	}
	text = text_of_stream(out, &text);
	if (!text) {
		xml_fail(parts->xml, STATUS_NOMEM);
		return;
	}
	xml_attribute(parts->xml, "also_at", n ? text : NULL);
	free(text);
}

void cell_time_place(struct parts *parts, const struct snapshot *snapshot,
		     const struct key *key)
{
	const struct recovered_place *place;

	/* What only holds a place has no record. */
	if (!(key->flags & KEY_FLAG_RECOVERED))
		return;
	place = recovered_of(recovered_in(parts, snapshot, key), key)->places;
	if (place->log == SIZE_MAX)
		inputids_time(parts, snapshot, place->offset);
	else
		inputids_log_time(parts, snapshot->logs[place->log], place->offset);
}

static void open_cell(struct parts *parts, enum cell_state state)
{
	xml_open(parts->xml, "regxml:cellobject");
	switch (state) {
	case CELL_PLAIN:
		break;
	case CELL_DELETED:
		xml_attribute(parts->xml, "delta:deleted_cell", "1");
		break;
	case CELL_NEW:
		xml_attribute(parts->xml, "delta:new_cell", "1");
		break;
	case CELL_MODIFIED:
		xml_attribute(parts->xml, "delta:modified_cell", "1");
		break;
	}
}

/* Path and name; value is NULL for a key. */
static void write_name(struct parts *parts, const struct snapshot *snapshot,
		       const struct key *key, const struct value *value)
{
	struct text path;

	if (!cell_path(parts, snapshot, key, value, &path)) {
		xml_fail(parts->xml, STATUS_NOMEM);
		return;
	}
	xml_element_text(parts->xml, "regxml:cellpath", "cellpath", path);
	text_free(path);
	xml_element_text(parts->xml, "regxml:basename", "basename",
			 value ? value_name(value) : key_name(key));
}

/* A value without a key has a name, and no path but that. */
static void write_own_name(struct xml *xml, struct text name)
{
	xml_element_text(xml, "regxml:cellpath", "cellpath", name);
	xml_element_text(xml, "regxml:basename", "basename", name);
}

/* A run of one file, told with its place there. */
static void write_file_run(struct parts *parts, const struct snapshot *snapshot,
			   struct recovered_run run, bool hashed)
{
	const struct evidence *file =
		run.log == SIZE_MAX ? snapshot->evidence : snapshot->logs[run.log];
	struct span bytes = span_clip(span_from(file->bytes, run.offset), run.len);
	struct xml *xml = parts->xml;
	char hex[DIGEST_HEX_SIZE];

	/* A hive that grew from a log may end in zeros that stand in no file. */
	if (span_is_empty(bytes))
		return;
	xml_open(xml, "dfxml:byte_run");
	if (run.log != SIZE_MAX)
		inputids_put(parts, "input", snapshot->logs[run.log]);
	xml_number(xml, "file_offset", run.offset);
	xml_number(xml, "len", bytes.len);
	if (hashed) {
		struct digest digest = digest_of(bytes);
		digest_hex(&digest, hex);
		xml_open(xml, "dfxml:hashdigest");
		xml_attribute(xml, "type", "sha256");
		xml_content(xml, hex);
		xml_close(xml);
	}
	xml_close(xml);
}

/* A run of the image that comes from one file. */
static void write_piece(struct parts *parts, const struct snapshot *snapshot,
			struct record_run piece, bool hashed)
{
	struct recovered_run run = { .offset = piece.file_off, .len = piece.len };

	(void)snapshot_locate(snapshot, &run.offset, &run.log);
	write_file_run(parts, snapshot, run, hashed);
}

/*
 * A run of the image, piece by piece where its bytes come from several files:
 * what a log brought stands in the log, not in the hive file.
 */
static void write_run(struct parts *parts, const struct snapshot *snapshot,
		      struct record_run run, bool hashed)
{
	while (run.len > 0) {
		struct record_run piece = run;
		uint32_t place;
		size_t log;
		if (snapshot_is_replayed(snapshot))
			piece.len = replay_origin(snapshot->replay, run.file_off, run.len,
						  &log, &place);
		write_piece(parts, snapshot, piece, hashed);
		run.file_off += piece.len;
		run.len -= piece.len;
	}
}

/* A run of a recovered record or its data: in the image, or in a log's pages. */
static void write_recovered_run(struct parts *parts, const struct snapshot *snapshot,
				struct recovered_run run, bool hashed)
{
	if (run.log == SIZE_MAX)
		write_run(parts, snapshot, (struct record_run){ run.offset, run.len },
			  hashed);
	else
		write_file_run(parts, snapshot, run, hashed);
}

/* The record itself; place is where a recovered one was found. */
static void write_record(struct parts *parts, const struct snapshot *snapshot,
			 struct record_run run, const struct recovered_place *place,
			 bool hashed)
{
	if (place)
		write_recovered_run(
			parts, snapshot,
			(struct recovered_run){ place->log, place->offset, run.len },
			hashed);
	else
		write_run(parts, snapshot, run, hashed);
}

/* Every run of the data but the one inside the record, which is written already. */
static void write_data_runs(struct parts *parts, const struct snapshot *snapshot,
			    const struct value *value, bool hashed)
{
	struct record_run *runs;
	size_t n;

	if (value->flags & VALUE_FLAG_INLINE)
		return;
	n = record_data_runs(snapshot->image, value, NULL, 0);
	if (n == 0)
		return;
	runs = calloc(n, sizeof(*runs));
	if (!runs) {
		xml_fail(parts->xml, STATUS_NOMEM);
		return;
	}
	n = record_data_runs(snapshot->image, value, runs, n);
	for (size_t i = 0; i < n; i++)
		write_run(parts, snapshot, runs[i], hashed);
	free(runs);
}

void cell_unknown(struct xml *xml, const struct value *value)
{
	uint32_t head = value_head_lost(value),
		 tail = value->declared_len - value->data_len;
	char text[64];
	int n = 0;

	if (head > 0)
		n = snprintf(text, sizeof(text), "0+%u", head);
	if (tail > 0)
		(void)snprintf(text + n, sizeof(text) - (size_t)n, "%s%u+%u",
			       n ? " " : "", value->data_len, tail);
	xml_attribute(xml, "unknown", head || tail ? text : NULL);
}

/*
 * The bytes that are there; those that are lost are listed as offset+length
 * and left out, never shown as something that they may not have been.
 */
static void write_data(struct xml *xml, const struct value *value,
		       const struct recovered_value *info, bool secret)
{
	uint32_t mended = info ? info->n_head_inferred : 0;
	char inferred[32];

	(void)snprintf(inferred, sizeof(inferred), "0+%u", mended);
	xml_open(xml, "regxml:data");
	xml_attribute(xml, "encoding", "base64");
	xml_flag(xml, "redacted", secret);
	cell_unknown(xml, value);
	xml_attribute(xml, "inferred_bytes", mended ? inferred : NULL);
	if (!secret)
		xml_base64(xml, span_from(value_data(value), value_head_lost(value)));
	xml_close(xml);
}

/* Text has no records. */
static void write_no_place(struct xml *xml)
{
	xml_open(xml, "regxml:no_place");
	xml_close(xml);
}

/* info is NULL for a live value; key for a lone one. */
static void write_value_body(struct parts *parts, const struct snapshot *snapshot,
			     const struct key *key, const struct value *value,
			     const struct recovered_value *info)
{
	struct xml *xml = parts->xml;
	bool secret = secret_is(value);
	char number[11];

	if (key)
		write_name(parts, snapshot, key, value);
	else
		write_own_name(xml, value_name(value));
	xml_element(xml, "regxml:name_type", "v");
	xml_element(xml, "regxml:alloc", info ? "0" : "1");
	xml_element(xml, "regxml:data_type", key_type_word(value->type, number));
	write_data(xml, value, info, secret);
	if (snapshot_is_export(snapshot)) {
		write_no_place(xml);
		return;
	}
	xml_open(xml, "dfxml:byte_runs");
	write_record(parts, snapshot, record_value_run(value), info ? info->places : NULL,
		     !secret || !(value->flags & VALUE_FLAG_INLINE));
	if (!info)
		write_data_runs(parts, snapshot, value, !secret);
	for (size_t i = 0; info && i < info->n_runs && value->data_len > 0; i++)
		write_recovered_run(parts, snapshot, info->runs[i], !secret);
	xml_close(xml);
}

/* What is known of the value if its key is a recovered one or stands for one. */
static const struct recovered_value *value_info(const struct parts *parts,
						const struct snapshot *snapshot,
						const struct key *key,
						const struct value *value)
{
	if (!series_recovery(parts->series, snapshot) ||
	    !(key->flags & (KEY_FLAG_RECOVERED | KEY_FLAG_PLACEHOLDER)))
		return NULL;
	return recovered_of_value(recovered_in(parts, snapshot, key), key, value);
}

void cell_key(struct parts *parts, const struct snapshot *snapshot, const struct key *key,
	      enum cell_state state)
{
	struct xml *xml = parts->xml;
	bool recovered = key->flags & KEY_FLAG_RECOVERED;
	const struct recovered_place *places = NULL;

	open_cell(parts, state);
	if (recovered) {
		const struct recovered_key *info =
			recovered_of(recovered_in(parts, snapshot, key), key);
		places = info->places;
		write_origin(parts, places, info->certainty, info->inferred);
		write_copies(parts, snapshot, info);
		xml_attribute(xml, "since",
			      info->since ? recovered_since_word(info->since) : NULL);
	}
	write_name(parts, snapshot, key, NULL);
	xml_element(xml, "regxml:name_type", "k");
	xml_element(xml, "regxml:alloc", recovered ? "0" : "1");
	if (key->mtime_ft) {
		char time[FILETIME_TEXT_SIZE];
		filetime_format(key->mtime_ft, time);
		xml_open(xml, "regxml:mtime");
		xml_number(xml, "filetime", key->mtime_ft);
		xml_content(xml, time);
		xml_close(xml);
	}
	/* A root that was lost has no record, only subkeys that name it. */
	if (snapshot_is_export(snapshot)) {
		write_no_place(xml);
	} else if (key->record_off > 0) {
		xml_open(xml, "dfxml:byte_runs");
		write_record(parts, snapshot, record_key_run(key), places, true);
		xml_close(xml);
	}
	xml_close(xml);
}

void cell_value(struct parts *parts, const struct snapshot *snapshot,
		const struct key *key, const struct value *value, enum cell_state state)
{
	const struct recovered_value *info = value_info(parts, snapshot, key, value);

	open_cell(parts, state);
	if (info)
		write_origin(parts, info->places, info->certainty, info->inferred);
	write_value_body(parts, snapshot, key, value, info);
	xml_close(parts->xml);
}

void cell_lone_value(struct parts *parts, const struct snapshot *snapshot, size_t index)
{
	const struct recovered_keys *recovered =
		series_recovery(parts->series, snapshot)->recovered;
	const struct recovered_value *info = &recovered->lone_info[index];

	open_cell(parts, CELL_DELETED);
	write_origin(parts, info->places, RECOVERED_PARTIAL, info->inferred);
	write_value_body(parts, snapshot, NULL, &recovered->lone[index], info);
	xml_close(parts->xml);
}

void cell_changed_value(struct parts *parts, const struct snapshot *before,
			const struct key *before_key, const struct value *old,
			const struct snapshot *after, const struct key *after_key,
			const struct value *new)
{
	open_cell(parts, CELL_MODIFIED);
	write_value_body(parts, after, after_key, new, NULL);
	xml_open(parts->xml, "delta:original_cellobject");
	write_value_body(parts, before, before_key, old, NULL);
	xml_close(parts->xml);
	xml_close(parts->xml);
}
