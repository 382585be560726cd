/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the report says of the collections that its hives come from. */
#include "help/unit.h"

#include "help/recoveredhive.h"
#include "help/written.h"

#include "report/document/collectionelements.h"

#include <string.h>

/* Two operands, and a subject whose hives are the snapshots of a pair. */
struct given {
	struct found_operand operands[2];
	struct found found[3];
	struct finds finds;
	struct whose_hive hives[3];
	struct pairing_source sources[3];
	struct pairing_subject subject;
	struct report_collection collection;
};

static void give(struct given *given, struct written *w)
{
	*given = (struct given){
		.operands = { { .path = "before",
				.kind = FOUND_FOLDER,
				.whole = true,
				.n_left = 3 },
			      { .path = "after.zip", .kind = FOUND_ARCHIVE } },
		.found = { { .path = w->snapshots[0]->evidence->path,
			     .place = { .layout = PLACE_RESTORE_POINT, .number = 7 } },
			   { .path = w->snapshots[1]->evidence->path,
			     .place = { .layout = PLACE_LIVE,
					.drive = 'C',
					.shadow_copy = 2,
					.user = (char *)"jdoe.CORP" } },
			   { .path = (char *)"twin" } },
		.hives = { { .way = WHOSE_SID_ROOT },
			   { .way = WHOSE_PROFILE_LIST,
			     .conflict = (char *)"it lies elsewhere" },
			   { .way = WHOSE_SID_NAME } },
	};
	given->operands[0].seen[FILEKIND_HIVE] = 2;
	given->operands[0].seen[FILEKIND_OTHER] = 3;
	given->finds.operands = given->operands;
	given->finds.n_operands = 2;
	for (size_t i = 0; i < 3; i++)
		given->sources[i] = (struct pairing_source){ .hive = &given->hives[i],
							     .found = &given->found[i] };
	given->subject.sources = given->sources;
	given->subject.n = 3;
	given->collection.finds = &given->finds;
	given->collection.subject = &given->subject;
	w->options.collection = &given->collection;
}

static void start(struct written *w, struct pair *pair)
{
	recoveredhive_add_two(pair);
	pair_fork(pair);
	pair_compare(pair);
	written_start(w);
	written_of_pair(w, pair);
}

static void test_operands(void **state)
{
	struct given given;
	struct written w;

	start(&w, *state);
	give(&given, &w);
	given.finds.diags = diag_list_new();
	diag_at(given.finds.diags, DIAG_FILE_UNREADABLE, DIAG_NOWHERE,
		"x cannot be read");
	collectionelements_write(&w.parts);
	collectionelements_diagnostics(&w.parts);
	written_end(&w);
	written_is(&w, "string(//w:collection[1]/w:path)", "before");
	written_is(&w, "string(//w:collection[1]/@kind)", "folder");
	written_is(&w, "string(//w:collection[1]/@whole)", "1");
	written_is(&w, "string(//w:collection[1]/@left)", "3");
	written_is(&w, "string(//w:collection[1]/w:seen[@kind='hive']/@count)", "2");
	written_is(&w, "string(//w:collection[1]/w:seen[@kind='other']/@count)", "3");
	written_is(&w, "count(//w:seen)", "2");
	written_is(&w, "string(//w:collection[2]/@kind)", "archive");
	written_is(&w, "string(//w:collection[2]/@whole)", "0");
	written_is(&w, "string(//w:diagnostic/@code)", "file_unreadable");
	written_is(&w, "string(//w:diagnostic)", "x cannot be read");
	diag_list_free(given.finds.diags);
	written_free(&w);
}

static void test_places(void **state)
{
	char *twins[] = { (char *)"twin" };
	struct given given;
	struct written w;

	start(&w, *state);
	give(&given, &w);
	assert_string_equal(collectionelements_paired_by(&w.parts), "profile_list");
	collectionelements_places(&w.parts, w.snapshots[0]);
	w.snapshots[1]->twins = twins;
	w.snapshots[1]->n_twins = 1;
	collectionelements_places(&w.parts, w.snapshots[1]);
	w.snapshots[1]->twins = NULL;
	w.snapshots[1]->n_twins = 0;
	written_end(&w);
	written_is(&w, "count(//w:place)", "3");
	written_is(&w, "string(//w:place[1]/@layout)", "restore_point");
	written_is(&w, "string(//w:place[1]/@number)", "7");
	written_is(&w, "string(//w:place[1]/@paired_by)", "sid_root");
	written_is(&w, "count(//w:place[1]/@drive | //w:place[1]/@user)", "0");
	written_is(&w, "string(//w:place[2]/@drive)", "C");
	written_is(&w, "string(//w:place[2]/@shadow_copy)", "2");
	written_is(&w, "string(//w:place[2]/@user)", "jdoe.CORP");
	written_is(&w, "string(//w:place[2]/@conflict)", "it lies elsewhere");
	written_is(&w, "string(//w:place[3]/w:path)", "twin");
	written_is(&w, "string(//w:place[3]/@paired_by)", "sid_name");
	written_free(&w);
}

static void test_unpaired(void **state)
{
	static const struct {
		enum pairing_gap gap;
		const char *word;
	} gaps[] = { { PAIRING_HIVE_GONE, "hive_missing" },
		     { PAIRING_CANNOT_TELL, "unknown" },
		     { PAIRING_ONLY_LATER, "only_later" } };
	struct given given;
	struct written w;

	start(&w, *state);
	give(&given, &w);
	collectionelements_unpaired(&w.parts);
	assert_int_equal(collectionelements_n_unpaired(&w.parts), 0);
	for (size_t i = 0; i < ARRAY_LEN(gaps); i++) {
		given.subject.gap = gaps[i].gap;
		given.subject.why = (char *)"why";
		collectionelements_unpaired(&w.parts);
		assert_int_equal(collectionelements_n_unpaired(&w.parts), 1);
	}
	written_end(&w);
	written_is(&w, "count(//w:unpaired)", "3");
	written_is(&w, "string(//w:unpaired[1]/@kind)", gaps[0].word);
	written_is(&w, "string(//w:unpaired[2]/@kind)", gaps[1].word);
	written_is(&w, "string(//w:unpaired[3]/@kind)", gaps[2].word);
	written_is(&w, "string(//w:unpaired[1])", "why");
	written_free(&w);
}

static void test_without_collections(void **state)
{
	struct written w;

	start(&w, *state);
	collectionelements_write(&w.parts);
	collectionelements_places(&w.parts, w.snapshots[0]);
	collectionelements_unpaired(&w.parts);
	collectionelements_diagnostics(&w.parts);
	assert_string_equal(collectionelements_paired_by(&w.parts), "operands");
	assert_false(collectionelements_is_ambiguous(&w.parts));
	assert_int_equal(collectionelements_n_unpaired(&w.parts), 0);
	written_end(&w);
	written_is(&w, "count(/*/*)", "0");
	written_free(&w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_set_up, pair_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_operands),
		TEST(test_places),
		TEST(test_unpaired),
		TEST(test_without_collections),
	};

	return UNIT_RUN(tests);
}
