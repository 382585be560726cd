/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Raw keys and values in RegXML's words.  A secret's data are left out, and
 * so are hashes from which a short secret could be guessed: of its data, and
 * of its record when the data stand in there.
 */
#include "report/parts.h"

#include "base/filetime.h"
#include "mapi/secret.h"
#include "regf/record.h"

#include <stdio.h>
#include <stdlib.h>

bool cell_path(const struct snapshot *snapshot, const struct key *key,
	       const struct value *value, struct text *out)
{
	const char *prefix = snapshot->stores.prefix ? snapshot->stores.prefix : "";

	if (!key_path(key, NULL, prefix, value, out))
		return false;
	/* The saved subtree's own root: its path ends without a backslash. */
	if (!key->parent && !value && *prefix)
		*out = text_slice(*out, 0, text_length(*out) - 1);
	return true;
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

	if (!cell_path(snapshot, key, value, &path)) {
		xml_fail(parts->xml, STATUS_NOMEM);
		return;
	}
	xml_element_text(parts->xml, "regxml:cellpath", "cellpath", path);
	text_free(path);
	xml_element_text(parts->xml, "regxml:basename", "basename",
			 value ? value_name(value) : key_name(key));
}

/* A run that comes from one file, told with its place there. */
static void write_piece(struct parts *parts, const struct snapshot *snapshot,
			struct record_run piece, bool hashed)
{
	struct xml *xml = parts->xml;
	uint32_t offset = piece.file_off;
	size_t log;
	const struct evidence *file = snapshot_locate(snapshot, &offset, &log);
	char hex[DIGEST_HEX_SIZE];
	struct span bytes;

	/* A hive that grew from a log may end in zeros that stand in no file. */
	bytes = span_clip(span_from(file->bytes, offset), piece.len);
	if (span_is_empty(bytes))
		return;
	xml_open(xml, "dfxml:byte_run");
	if (log != SIZE_MAX)
		xml_id(xml, "input", "i", inventory_input(parts, snapshot, log));
	xml_number(xml, "file_offset", offset);
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

static void write_value_body(struct parts *parts, const struct snapshot *snapshot,
			     const struct key *key, const struct value *value)
{
	struct xml *xml = parts->xml;
	bool secret = secret_is(value);
	char number[11];

	write_name(parts, snapshot, key, value);
	xml_element(xml, "regxml:name_type", "v");
	xml_element(xml, "regxml:alloc", "1");
	xml_element(xml, "regxml:data_type", key_type_word(value->type, number));
	xml_open(xml, "regxml:data");
	xml_attribute(xml, "encoding", "base64");
	xml_flag(xml, "redacted", secret);
	if (value->declared_len > value->data_len) {
		char unknown[32];
		(void)snprintf(unknown, sizeof(unknown), "%u+%u", value->data_len,
			       value->declared_len - value->data_len);
		xml_attribute(xml, "unknown", unknown);
	}
	if (!secret)
		xml_base64(xml, value_data(value));
	xml_close(xml);
	xml_open(xml, "dfxml:byte_runs");
	write_run(parts, snapshot, record_value_run(value),
		  !secret || !(value->flags & VALUE_FLAG_INLINE));
	write_data_runs(parts, snapshot, value, !secret);
	xml_close(xml);
}

void cell_key(struct parts *parts, const struct snapshot *snapshot, const struct key *key,
	      enum cell_state state)
{
	struct xml *xml = parts->xml;

	open_cell(parts, state);
	write_name(parts, snapshot, key, NULL);
	xml_element(xml, "regxml:name_type", "k");
	xml_element(xml, "regxml:alloc", "1");
	if (key->mtime_ft) {
		char time[FILETIME_TEXT_SIZE];
		filetime_format(key->mtime_ft, time);
		xml_open(xml, "regxml:mtime");
		xml_number(xml, "filetime", key->mtime_ft);
		xml_content(xml, time);
		xml_close(xml);
	}
	/* A root that was lost has no record, only subkeys that name it. */
	if (key->record_off > 0) {
		xml_open(xml, "dfxml:byte_runs");
		write_run(parts, snapshot, record_key_run(key), true);
		xml_close(xml);
	}
	xml_close(xml);
}

void cell_value(struct parts *parts, const struct snapshot *snapshot,
		const struct key *key, const struct value *value, enum cell_state state)
{
	open_cell(parts, state);
	write_value_body(parts, snapshot, key, value);
	xml_close(parts->xml);
}

void cell_changed_value(struct parts *parts, const struct snapshot *before,
			const struct key *before_key, const struct value *old,
			const struct snapshot *after, const struct key *after_key,
			const struct value *new)
{
	open_cell(parts, CELL_MODIFIED);
	write_value_body(parts, after, after_key, new);
	xml_open(parts->xml, "delta:original_cellobject");
	write_value_body(parts, before, before_key, old);
	xml_close(parts->xml);
	xml_close(parts->xml);
}
