/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the user started before the loss, by UserAssist of the hive. */
#include "help/unit.h"

#include "cause/condition/usertrace.h"

#include "help/incidents.h"
#include "help/keys.h"

#include <string.h>

#define COUNT                                                                            \
	"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist\\"           \
	"{75048700-EF1F-11D0-9888-006097DEACF9}\\Count"
/* "UEME_RUNPATH:C:\OUTLOOK.EXE" and "UEME_RUNCPL:MLCFG32.CPL", each letter 13 further. */
#define OUTLOOK "HRZR_EHACNGU:P:\\BHGYBBX.RKR"
#define PANEL "HRZR_EHAPCY:ZYPST32.PCY"
#define NOTEPAD "HRZR_EHACNGU:P:\\ABGRCNQ.RKR"

#define HALF_AN_HOUR (UINT64_C(1800) * 10000000)
#define LOSS UINT64_C(126924624000000000)

struct start {
	const char *name;
	uint64_t ft;
	size_t size; /* 16 or 72 in hives; the time at 8 or 60 */
};

static struct incidents t;

/* Checks a hive with these starts; the loss is at LOSS. */
static void check(const struct start *starts, size_t n, enum condition_state state,
		  const char *detail)
{
	struct keys *keys = keys_new("root");

	keys_add(keys, COUNT);
	for (size_t i = 0; i < n; i++) {
		uint8_t data[80] = { 0 };
		for (size_t k = 0; k < 8; k++)
			data[(starts[i].size < 72 ? 8 : 60) + k] =
				(uint8_t)(starts[i].ft >> 8 * k);
		keys_data(keys, COUNT, starts[i].name, KEY_TYPE_BINARY, data,
			  starts[i].size);
	}
	struct key_tree tree = { .root = keys_root(keys) };
	struct snapshot after = { .keys = &tree };
	t.incident.after = &after;
	incidents_assert(&t, CONDITION_PANEL_USED, state, detail);
	keys_free(keys);
}

static void begin(void)
{
	incidents_start(&t);
	t.incident.losses.from_ft = t.incident.losses.to_ft = LOSS;
}

/* From half an hour before up to the loss, and only what may have to do with it. */
static void test_the_half_hour(void **state)
{
	const struct start first[] = { { OUTLOOK, LOSS - HALF_AN_HOUR, 16 } };
	const struct start early[] = { { OUTLOOK, LOSS - HALF_AN_HOUR - 1, 16 } };
	const struct start last[] = { { PANEL, LOSS, 72 } };
	const struct start late[] = { { OUTLOOK, LOSS + 1, 16 } };
	const struct start other[] = { { NOTEPAD, LOSS, 16 } };
	const struct start never[] = { { OUTLOOK, 0, 16 } };

	(void)state;
	begin();
	check(first, 1, CONDITION_MET, NULL);
	check(early, 1, CONDITION_NOT_MET, NULL);
	check(last, 1, CONDITION_MET, "MLCFG32.CPL at 2003-03-18 12:00:00 UTC");
	/* Only the last start is kept. */
	check(late, 1, CONDITION_UNKNOWN, NULL);
	check(other, 1, CONDITION_NOT_MET, NULL);
	check(never, 1, CONDITION_NOT_MET, NULL);
	check(NULL, 0, CONDITION_NOT_MET, NULL);
	incidents_end(&t);
}

/* Data of another size are of a layout that nobody knows. */
static void test_sizes(void **state)
{
	static const size_t sizes[] = { 15, 17, 71, 73, 80 };

	(void)state;
	begin();
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		const struct start start[] = { { OUTLOOK, LOSS, sizes[i] } };
		check(start, 1, CONDITION_NOT_MET, NULL);
	}
	incidents_end(&t);
}

/* Where it is not known when the profiles went, no start is shortly before it. */
static void test_unknown_times(void **state)
{
	const struct start start[] = { { OUTLOOK, LOSS, 16 } };
	struct snapshot empty = { 0 };

	(void)state;
	begin();
	t.incident.losses.some_untimed = true;
	check(start, 1, CONDITION_UNKNOWN, NULL);
	t.incident.losses.some_untimed = false;
	t.incident.losses.to_ft = LOSS + HALF_AN_HOUR;
	check(start, 1, CONDITION_UNKNOWN, NULL);
	t.incident.losses.to_ft = LOSS + HALF_AN_HOUR - 1;
	check(start, 1, CONDITION_MET, NULL);
	t.incident.losses.to_ft = LOSS - 1;
	check(start, 1, CONDITION_UNKNOWN, NULL);
	t.incident.after = &empty;
	incidents_assert(&t, CONDITION_PANEL_USED, CONDITION_UNKNOWN,
			 "the hive holds no UserAssist key");
	incidents_end(&t);
}

/* ---- the Run box ---- */

#define RUNMRU "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RunMRU"

/* Commands "a", "b" of the box, in that order of MRUList, the newest run at `ft`. */
static void check_box(const char *order, const char *a, const char *b, uint64_t ft,
		      enum condition_state state, const char *detail)
{
	struct keys *keys = keys_new("root");

	keys_add(keys, COUNT);
	keys_add(keys, RUNMRU);
	keys_sz(keys, RUNMRU, "MRUList", order);
	keys_sz(keys, RUNMRU, "a", a);
	keys_sz(keys, RUNMRU, "b", b);
	struct key_tree tree = { .root = keys_root(keys) };
	for (struct key *key = tree.root; key; key = key_next_mutable(tree.root, key))
		key->mtime_ft = text_is(key_name(key), "RunMRU") ? ft : 0;
	struct snapshot after = { .keys = &tree };
	t.incident.after = &after;
	incidents_assert(&t, CONDITION_PANEL_USED, state, detail);
	keys_free(keys);
}

static void test_run_box(void **state)
{
	static const char none[] = "no start in the half hour before is kept";
	const uint64_t at = LOSS - 10 * UINT64_C(60) * 10000000;

	(void)state;
	begin();
	check_box(
		"ba", "regedit\\1", "outlook.exe /manageprofiles\\1", at, CONDITION_MET,
		"outlook.exe /manageprofiles in the Run box at 2003-03-18 11:50:00 UTC");
	check_box("ab", "control.exe mlcfg32.cpl\\1", "cmd\\1", at, CONDITION_MET,
		  "control.exe mlcfg32.cpl in the Run box at 2003-03-18 11:50:00 UTC");
	check_box("ab", "\"C:\\Program Files\\OUTLOOK.EXE\" /profiles\\1", "cmd\\1", at,
		  CONDITION_MET, NULL);
	/* It ends Outlook. */
	check_box("ab", "taskkill /f /im outlook.exe\\1", "cmd\\1", at, CONDITION_NOT_MET,
		  none);
	check_box("ab", "notepad C:\\temp\\outlook.exe.txt\\1", "cmd\\1", at,
		  CONDITION_NOT_MET, none);
	check_box("ab", "outlook\\1", "cmd\\1", LOSS, CONDITION_MET,
		  "outlook in the Run box at 2003-03-18 12:00:00 UTC");
	/* It was run, but not last: when, nobody knows. */
	check_box("ba", "outlook.exe /manageprofiles\\1", "cmd\\1", at, CONDITION_NOT_MET,
		  none);
	check_box("ab", "notepad outlook.txt\\1", "cmd\\1", at, CONDITION_NOT_MET, none);
	check_box("ab", "outlook.exe\\1", "cmd\\1", LOSS - HALF_AN_HOUR - 1,
		  CONDITION_NOT_MET, none);
	check_box("ab", "outlook.exe\\1", "cmd\\1", LOSS + 1, CONDITION_NOT_MET, none);
	check_box("", "outlook.exe\\1", "cmd\\1", at, CONDITION_NOT_MET, none);
	check_box("z", "outlook.exe\\1", "cmd\\1", at, CONDITION_NOT_MET, none);
	incidents_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_run_box),
		cmocka_unit_test(test_the_half_hour),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_unknown_times),
	};
	return UNIT_RUN(tests);
}
