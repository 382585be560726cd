/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the library reads of a log that the writer made. */
#include "help/evtxlogs.h"

#include "companion/evtx/evtxlibrary.h"

static void test_values(void **state)
{
	struct evtx *log = evtxlogs_new(3);
	struct evtxlibrary *library = NULL;
	struct arena *arena = arena_new();
	struct evtxrecord record = { 0 };
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);

	(void)state;
	if (!evtxlibrary_version()) {
		evtx_free(log);
		arena_free(arena);
		UNIT_SKIP("built without libevtx");
	}
	assert_int_equal(evtxlibrary_open(bytes, len, 3, &library), STATUS_OK);
	assert_int_equal(evtxlibrary_record(library, 1, false, arena, &record),
			 STATUS_OK);
	assert_true(record.number == 2 && record.written_ft == evtxlogs_ft(1));
	assert_int_equal(record.id, 1508);
	assert_int_equal(record.level, EVTXRECORD_WARNING);
	assert_string_equal(record.provider, "Microsoft-Windows-User Profiles Service");
	assert_string_equal(record.computer, "PC01.example.com");
	assert_string_equal(record.sid, "S-1-5-21-1111111111-2222222222-3333333333-1001");
	assert_int_equal(record.n_strings, 2);
	assert_string_equal(record.strings[0], "Zugriff verweigert");
	record = (struct evtxrecord){ 0 };
	assert_int_equal(evtxlibrary_record(library, 2, false, arena, &record),
			 STATUS_OK);
	assert_null(record.sid);
	assert_int_equal(evtxlibrary_record(library, 3, false, arena, &record),
			 STATUS_MALFORMED);
	evtxlibrary_free(library);
	library = NULL;
	/* It must find as many as there are. */
	assert_int_equal(evtxlibrary_open(bytes, len, 4, &library), STATUS_MALFORMED);
	bytes[0] = 'X';
	assert_int_equal(evtxlibrary_open(bytes, len, 3, &library), STATUS_MALFORMED);
	assert_null(library);
	arena_free(arena);
	evtx_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_values) };

	return UNIT_RUN(tests);
}
