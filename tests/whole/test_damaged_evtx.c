/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Event logs of Windows Vista and later, changed at random, most of them with sums that are
 * right again, so that the damage reaches what reads XML: nothing crashes, what is told
 * points into the log, and no event is told that is not in it.
 */
#include "help/evtxlogs.h"
#include "help/sanitized.h"

#include "companion/evtx/evtxlog.h"

#include <string.h>

/* Each has its own number, by which it is made again. */
#ifdef SANITIZED
enum { N_LOGS = 300 };
#else
enum { N_LOGS = 4000 };
#endif

enum { N_EVENTS = 18 };

static uint32_t draw(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 16);
}

/* Numbers at which a check may be off by one, and tokens. */
static uint32_t draw_number(uint64_t *state)
{
	static const uint32_t numbers[] = {
		0,	 1,	     2,		 3,	     4,	     5,	     6,
		7,	 8,	     0x0c,	 0x0d,	     0x0e,   0x0f,   0x20,
		0x21,	 0x41,	     0x46,	 0x80,	     0x81,   0xff,   0x1ff,
		0x200,	 0x218,	     0x226,	 0x7fff,     0x8000, 0xffff, 0xfffc,
		0x10000, 0x7fffffff, 0x80000000, UINT32_MAX,
	};

	return draw(state) % 4 == 0
		       ? draw(state)
		       : numbers[draw(state) % (sizeof(numbers) / sizeof(numbers[0]))];
}

static void change(struct evtx *log, uint64_t *state)
{
	size_t len, end = evtxlogs_get32(log, EVTX_HEADER + CHUNK_FREE);
	uint8_t *chunk = evtx_bytes(log, &len) + EVTX_HEADER;

	end = end > EVTX_RECORDS + 8 && end <= EVTX_CHUNK ? end : EVTX_CHUNK;
	size_t at = draw(state) % 8 == 0
			    ? draw(state) % EVTX_RECORDS
			    : EVTX_RECORDS + draw(state) % (end - EVTX_RECORDS - 8);
	uint32_t number = draw_number(state);
	switch (draw(state) % 4) {
	case 0:
		chunk[at] = (uint8_t)number;
		break;
	case 1:
		chunk[at] ^= (uint8_t)(1u << draw(state) % 8);
		break;
	case 2:
		evtxlogs_put32(log, EVTX_HEADER + at, number);
		break;
	default:
		memmove(chunk + at, chunk + EVTX_RECORDS + draw(state) % 8000,
			draw(state) % 64 % (EVTX_CHUNK - at));
		break;
	}
}

static void check(struct evtx *log)
{
	struct diag_list *diags = diag_list_new();
	struct arena *arena = arena_new();
	struct evtxlog out;
	size_t len;
	const uint8_t *bytes = evtx_bytes(log, &len);

	assert_true(diags && arena);
	assert_int_equal(evtxlog_read(span_of(bytes, len), diags, arena, &out),
			 STATUS_OK);
	assert_true(out.n <= N_EVENTS + 2); /* what is copied may be a record again */
	for (size_t i = 0; i < out.n; i++) {
		const struct evtxrecord *record = &out.records[i];
		struct span own = span_from(span_of(bytes, len), (size_t)record->offset);
		uint64_t number = 0, written_ft = 0;
		assert_true(span_starts(own, 0, "**\0\0", 4));
		assert_true(span_le64(own, 8, &number) &&
			    span_le64(own, 16, &written_ft));
		assert_true(record->number == number && record->written_ft == written_ft);
		for (size_t k = 0; k < record->n_strings; k++)
			assert_true(strlen(record->strings[k]) < 4 * EVTX_CHUNK);
	}
	for (size_t i = 0; i < diag_count(diags); i++)
		assert_true(diag_item(diags, i)->offset <= len ||
			    diag_item(diags, i)->offset == DIAG_NOWHERE);
	assert_true(diag_count(diags) > 0 || !out.n || out.n >= N_EVENTS - 1);
	arena_free(arena);
	diag_list_free(diags);
}

static void test_changed(void **state)
{
	struct evtx *log = evtxlogs_new(N_EVENTS);
	size_t len;
	uint8_t *bytes = evtx_bytes(log, &len);
	static uint8_t sound[EVTX_HEADER + EVTX_CHUNK];

	(void)state;
	assert_int_equal(len, sizeof(sound));
	memcpy(sound, bytes, len);
	for (unsigned number = 0; number < N_LOGS; number++) {
		uint64_t seed = UINT64_C(0x9e3779b97f4a7c15) * (number + 1);
		memcpy(bytes, sound, len);
		for (unsigned n = 1 + draw(&seed) % 4; n > 0; n--)
			change(log, &seed);
		if (draw(&seed) % 8 != 0)
			evtx_seal(log, 0);
		check(log);
	}
	evtx_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_changed) };

	return UNIT_RUN(tests);
}
