/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Raw keys and values: their bytes and places are those of the recipe, and no secret is told. */
#include "help/unit.h"

#include "help/hives.h"
#include "help/written.h"

#include "base/sum/digest.h"
#include "report/document/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHERE "Some\\Key"

/* A hive with one key at WHERE, read; its recipe stays to be asked. */
struct one {
	struct builder *b;
	builder_key made;
	struct snapshot *snapshot, *snapshots[1];
	struct recovery *recoveries[1];
	struct series series;
	const struct key *key;
	struct written w;
};

static void begin(struct one *one)
{
	struct builder_options options = pair_options();

	*one = (struct one){ .b = builder_new(&options) };
	one->made = builder_path(one->b, WHERE, pair_made());
}

/* Reads what was built, and starts a document of it. */
static void read_it(struct one *one)
{
	builder_finish(one->b);
	one->snapshot = pair_read(one->b);
	one->snapshots[0] = one->snapshot;
	one->series = (struct series){ .snapshots = one->snapshots,
				       .recoveries = one->recoveries,
				       .n_snapshots = 1 };
	one->key = key_at(one->snapshot->keys->root, WHERE);
	assert_non_null(one->key);
	written_start(&one->w);
	written_of(&one->w, &one->series, NULL, NULL);
}

static void end(struct one *one)
{
	written_free(&one->w);
	snapshot_free(one->snapshot);
	builder_free(one->b);
}

static void put_value(struct one *one, const char *name, enum cell_state state)
{
	const struct value *value = key_value(one->key, text_of(name));

	assert_non_null(value);
	cell_value(&one->w.parts, one->snapshot, one->key, value, state);
}

static void number_is(const struct written *w, const char *expression, size_t number)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%zu", number);
	written_is(w, expression, text);
}

/* The run has this place, and the hash of the recipe's bytes there. */
static void run_is(struct one *one, size_t run, size_t offset, size_t len)
{
	char expression[96], hex[DIGEST_HEX_SIZE];
	size_t n = 0;
	const uint8_t *bytes = builder_bytes(one->b, &n);
	struct digest digest;

	assert_true(offset + len <= n);
	digest = digest_of(span_of(bytes + offset, len));
	digest_hex(&digest, hex);
	(void)snprintf(expression, sizeof(expression),
		       "string(//dfxml:byte_run[%zu]/@file_offset)", run);
	number_is(&one->w, expression, offset);
	(void)snprintf(expression, sizeof(expression),
		       "string(//dfxml:byte_run[%zu]/@len)", run);
	number_is(&one->w, expression, len);
	(void)snprintf(expression, sizeof(expression),
		       "string(//dfxml:byte_run[%zu]/dfxml:hashdigest)", run);
	written_is(&one->w, expression, hex);
}

/* ---- keys ---- */

/* The fixed part of a record has 76 bytes, and the name of three stands behind it. */
static void test_key(void **state)
{
	struct one one;

	(void)state;
	begin(&one);
	read_it(&one);
	cell_key(&one.w.parts, one.snapshot, one.key, CELL_PLAIN);
	written_end(&one.w);
	written_is(&one.w, "string(//regxml:cellpath)", WHERE);
	written_is(&one.w, "string(//regxml:basename)", "Key");
	written_is(&one.w, "string(//regxml:name_type)", "k");
	written_is(&one.w, "string(//regxml:alloc)", "1");
	written_is(&one.w, "string(//regxml:mtime)", "2015-04-07T08:30:00.1234567Z");
	written_is(&one.w, "count(//regxml:cellobject/@*)", "0");
	written_is(&one.w, "count(//dfxml:byte_run)", "1");
	run_is(&one, 1, builder_key_offset(one.b, one.made), NK_NAME + 3);
	end(&one);
}

static void test_states(void **state)
{
	static const char *const names[] = { "deleted_cell", "new_cell",
					     "modified_cell" };
	static const enum cell_state states[] = { CELL_DELETED, CELL_NEW, CELL_MODIFIED };
	char expression[96];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		struct one one;
		begin(&one);
		read_it(&one);
		cell_key(&one.w.parts, one.snapshot, one.key, states[i]);
		written_end(&one.w);
		(void)snprintf(expression, sizeof(expression),
			       "string(//regxml:cellobject/@delta:%s)", names[i]);
		written_is(&one.w, expression, "1");
		written_is(&one.w, "count(//regxml:cellobject/@*)", "1");
		end(&one);
	}
}

/* ---- values ---- */

/* Up to four bytes stand in the record itself, and are one run. */
static void test_inline_value(void **state)
{
	struct one one;

	(void)state;
	begin(&one);
	builder_value_set(one.b, one.made, "Small", BUILDER_BINARY, "abc", 3);
	read_it(&one);
	put_value(&one, "Small", CELL_PLAIN);
	written_end(&one.w);
	written_is(&one.w, "string(//regxml:cellpath)", WHERE "\\Small");
	written_is(&one.w, "string(//regxml:basename)", "Small");
	written_is(&one.w, "string(//regxml:name_type)", "v");
	written_is(&one.w, "string(//regxml:data_type)", "REG_BINARY");
	written_is(&one.w, "string(//regxml:data)", "YWJj");
	written_is(&one.w, "string(//regxml:data/@encoding)", "base64");
	written_is(&one.w, "count(//regxml:data/@*)", "1");
	written_is(&one.w, "count(//dfxml:byte_run)", "1");
	run_is(&one, 1, builder_value_offset(one.b, one.made, "Small"), VK_NAME + 5);
	end(&one);
}

static void test_value_with_a_cell(void **state)
{
	struct one one;

	(void)state;
	begin(&one);
	builder_value_set(one.b, one.made, "Large", 0x1234, "foobarfoobar", 12);
	read_it(&one);
	put_value(&one, "Large", CELL_NEW);
	written_end(&one.w);
	written_is(&one.w, "string(//regxml:data_type)", "4660");
	written_is(&one.w, "string(//regxml:data)", "Zm9vYmFyZm9vYmFy");
	written_is(&one.w, "count(//dfxml:byte_run)", "2");
	run_is(&one, 1, builder_value_offset(one.b, one.made, "Large"), VK_NAME + 5);
	run_is(&one, 2, builder_value_data_offset(one.b, one.made, "Large"), 12);
	end(&one);
}

/* Neither data nor hashes from which they could be guessed. */
static void test_secrets(void **state)
{
	struct one one;

	(void)state;
	begin(&one);
	builder_value_set(one.b, one.made, "Long Password", BUILDER_BINARY,
			  "hunter2hunter2", 14);
	builder_value_set(one.b, one.made, "Pin Password", BUILDER_BINARY, "1234", 4);
	read_it(&one);
	put_value(&one, "Long Password", CELL_PLAIN);
	put_value(&one, "Pin Password", CELL_PLAIN);
	written_end(&one.w);
	written_is(&one.w, "count(//regxml:data[@redacted='1'])", "2");
	written_is(&one.w, "string(//regxml:data[1])", "");
	written_is(&one.w, "string(//regxml:cellobject[2]/regxml:data)", "");
	/* The record of the long one holds no byte of it; that of the short one does. */
	written_is(&one.w, "count(//regxml:cellobject[1]//dfxml:byte_run)", "2");
	written_is(&one.w,
		   "count(//regxml:cellobject[1]//dfxml:byte_run[1]/dfxml:hashdigest)",
		   "1");
	written_is(&one.w,
		   "count(//regxml:cellobject[1]//dfxml:byte_run[2]/dfxml:hashdigest)",
		   "0");
	written_is(&one.w, "count(//regxml:cellobject[2]//dfxml:byte_run)", "1");
	written_is(&one.w, "count(//regxml:cellobject[2]//dfxml:hashdigest)", "0");
	assert_null(strstr(one.w.bytes, "aHVudGVy"));
	end(&one);
}

static void test_changed_value(void **state)
{
	struct one one;

	(void)state;
	begin(&one);
	builder_value_set(one.b, one.made, "Old", BUILDER_BINARY, "foo", 3);
	builder_value_set(one.b, one.made, "New", BUILDER_BINARY, "fooba", 5);
	read_it(&one);
	cell_changed_value(&one.w.parts, one.snapshot, one.key,
			   key_value(one.key, text_of("Old")), one.snapshot, one.key,
			   key_value(one.key, text_of("New")));
	written_end(&one.w);
	written_is(&one.w, "string(/w:report/regxml:cellobject/@delta:modified_cell)",
		   "1");
	written_is(&one.w, "string(/w:report/regxml:cellobject/regxml:data)", "Zm9vYmE=");
	written_is(&one.w, "string(//delta:original_cellobject/regxml:data)", "Zm9v");
	written_is(&one.w, "string(//delta:original_cellobject/regxml:basename)", "Old");
	end(&one);
}

/* What is lost at either end is listed, and no byte is shown for it. */
static void test_lost_bytes(void **state)
{
	static const struct {
		struct value value;
		const char *expected;
	} cases[] = {
		{ { .data_len = 10, .declared_len = 10 }, "" },
		{ { .data_len = 4, .declared_len = 10 }, "4+6" },
		{ { .data_len = 10, .declared_len = 10, .flags = VALUE_FLAG_HEAD_LOST },
		  "0+4" },
		{ { .data_len = 8, .declared_len = 10, .flags = VALUE_FLAG_HEAD_LOST },
		  "0+4 8+2" },
		{ { .data_len = 3, .declared_len = 3, .flags = VALUE_FLAG_HEAD_LOST },
		  "0+3" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct written w;
		written_start(&w);
		cell_unknown(w.parts.xml, &cases[i].value);
		written_end(&w);
		written_is(&w, "string(/w:report/@unknown)", cases[i].expected);
		written_is(&w, "count(/w:report/@unknown)",
			   *cases[i].expected ? "1" : "0");
		written_free(&w);
	}
}

/* ---- paths ---- */

static void path_is(struct one *one, const struct key *key, const struct value *value,
		    const char *expected)
{
	struct text path;
	char *utf8;

	assert_true(cell_path(&one->w.parts, one->snapshot, key, value, &path));
	utf8 = text_to_utf8(path, NULL);
	assert_non_null(utf8);
	assert_string_equal(utf8, expected);
	free(utf8);
	text_free(path);
	assert_false(cell_is_adrift(&one->w.parts, one->snapshot, key));
}

static void test_paths(void **state)
{
	struct one one;

	(void)state;
	begin(&one);
	builder_value_dword(one.b, one.made, "v", 1);
	read_it(&one);
	path_is(&one, one.key, NULL, WHERE);
	path_is(&one, one.key, &one.key->values[0], WHERE "\\v");
	path_is(&one, one.snapshot->keys->root, NULL, "");
	written_end(&one.w);
	end(&one);
}

/* A subtree that was saved on its own: what is above it is told all the same. */
static void test_paths_of_a_subtree(void **state)
{
	struct one one = { .b = builder_new(&(struct builder_options){
				   .minor = 5,
				   .root_name = "Windows Messaging Subsystem",
				   .last_written = pair_made() }) };

	(void)state;
	builder_path(one.b, WHERE, pair_made());
	pair_add(one.b, "Profiles", "Work", 1);
	read_it(&one);
	path_is(&one, one.snapshot->keys->root, NULL, MAPI_WMS);
	path_is(&one, key_at(one.snapshot->keys->root, "Profiles\\Work"), NULL,
		PAIR_PROFILES "\\Work");
	written_end(&one.w);
	end(&one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_inline_value),
		cmocka_unit_test(test_value_with_a_cell),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_changed_value),
		cmocka_unit_test(test_lost_bytes),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_paths_of_a_subtree),
	};

	return UNIT_RUN(tests);
}
