/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots of .reg exports: which root, whose, what is covered; and what a comparison
 * says of what is not.
 */
#include "help/unit.h"

#include "help/hives.h"

#include "compare/compare.h"
#include "snapshot/samesubject.h"
#include "snapshot/snapshotread.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define V5 "Windows Registry Editor Version 5.00\n\n"
#define WMS "Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"
#define SID "S-1-5-21-1-2-3-1001"
/* One profile in a list, with an instance key; i is a digit that tells it from others. */
#define PROFILE(root, name, i)                                                           \
	"[" root "\\" WMS "\\Profiles\\" name "]\n"                                      \
	"[" root "\\" WMS "\\Profiles\\" name "\\8503020000000000c000000000000046]\n"    \
	"\"0102300b\"=hex:0" i ",02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f,10\n"
#define LIST(root) "[" root "\\" WMS "]\n[" root "\\" WMS "\\Profiles]\n"
/* With all of Software above it. */
#define WHOLE(root)                                                                      \
	"[" root "]\n[" root "\\Control Panel]\n[" root "\\Software]\n[" root            \
	"\\Software\\Microsoft]\n" LIST(root)

static enum status read_text(const char *text, bool machine, struct snapshot **out,
			     struct failure *failure)
{
	char *path = hives_temporary(text, strlen(text));
	struct snapshot_source source = { .path = path,
					  .machine = machine,
					  .number = STAGE_NO_HIVE };
	enum status status = snapshotread_source(&source, out, failure);

	unlink(path);
	free(path);
	return status;
}

static struct snapshot *read_sound(const char *text)
{
	struct snapshot *snapshot = NULL;
	struct failure failure = { 0 };

	if (read_text(text, false, &snapshot, &failure) != STATUS_OK)
		fail_msg("%s", failure.sentence);
	return snapshot;
}

static void refused(const char *text, const char *why)
{
	struct snapshot *snapshot = NULL;
	struct failure failure = { 0 };

	assert_int_equal(read_text(text, false, &snapshot, &failure), STATUS_UNSUPPORTED);
	assert_null(snapshot);
	if (!strstr(failure.sentence, why))
		fail_msg("no \"%s\" in: %s", why, failure.sentence);
}

static void test_what_it_is(void **state)
{
	(void)state;
	struct snapshot *snapshot =
		read_sound(V5 WHOLE("HKCU") PROFILE("HKCU", "A", "1") "[HKCU\\Zoo]\n");

	assert_true(snapshot_is_export(snapshot));
	assert_int_equal(snapshot->readers, SNAPSHOT_TEXT);
	assert_string_equal(snapshot_readers_word(SNAPSHOT_TEXT), "text");
	assert_int_equal(snapshot->n_profiles, 1);
	assert_true(text_is(key_name(snapshot->profiles[0].profile.key), "A"));
	assert_true(snapshot->profiles[0].profile.has_instance);
	assert_int_equal(snapshot->newest_ft, 0);
	assert_false(snapshot_is_dirty(snapshot));
	assert_false(snapshot_is_replayed(snapshot));
	assert_false(subject_is_known(&snapshot->subject));
	assert_true(snapshot_is_complete(snapshot));
	assert_int_equal(diag_count(snapshot->diags), 0);
	snapshot_free(snapshot);
}

static void test_subjects(void **state)
{
	(void)state;
	static const struct {
		const char *text, *sid;
		enum subject_role role;
	} cases[] = {
		{ V5 LIST("HKEY_USERS\\" SID), SID, SUBJECT_USER },
		{ V5 LIST("HKU\\s-1-5-21-1-2-3-1001"), SID, SUBJECT_USER },
		{ V5 LIST("HKU\\.default"), "", SUBJECT_LOCAL_SYSTEM },
		{ V5 LIST("HKU\\S-1-5-18"), "", SUBJECT_LOCAL_SYSTEM },
		{ V5 LIST("HKU\\S-1-5-19"), "S-1-5-19", SUBJECT_SERVICE_ACCOUNT },
		{ V5 LIST("HKU\\loaded"), "", SUBJECT_UNKNOWN },
		{ V5 LIST("HKLM\\" SID), "", SUBJECT_UNKNOWN },
		{ V5 LIST(""), "", SUBJECT_UNKNOWN },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct snapshot *snapshot = read_sound(cases[i].text);
		assert_string_equal(snapshot->subject.sid, cases[i].sid);
		assert_int_equal(snapshot->subject.role, cases[i].role);
		snapshot_free(snapshot);
	}
	/* What the user's own keys say. */
	struct snapshot *snapshot = read_sound(
		V5 LIST("HKCU") "[HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\"
				"Explorer]\n\"Logon User Name\"=\"joe\"\n");
	assert_string_equal(snapshot->subject.user, "joe");
	snapshot_free(snapshot);
}

static void test_roots(void **state)
{
	(void)state;
	/* The one that holds a list, or the only one. */
	struct snapshot *snapshot =
		read_sound(V5 "[HKU\\.DEFAULT\\Console]\n" LIST("HKU\\" SID));
	assert_string_equal(snapshot->export_root->path, "HKEY_USERS\\" SID);
	assert_int_equal(snapshot->export->n_roots, 2);
	snapshot_free(snapshot);
	snapshot = read_sound(V5 "[HKCU\\Console]\n[HKLM\\SOFTWARE\\x]\n");
	assert_string_equal(snapshot->export_root->path, "HKEY_CURRENT_USER");
	snapshot_free(snapshot);
	refused(V5 LIST("HKU\\" SID) LIST("HKCU"),
		"0x0: a .reg export of 2 users' keys (HKEY_CURRENT_USER, HKEY_USERS\\" SID
		"); give each in a file of its own");
	refused(V5 "[HKU\\a\\Console]\n[HKU\\b\\Console]\n", "of 2 users' keys");
	refused(V5 "[HKLM\\SYSTEM\\Select]\n",
		"0x0: a .reg export without a user's keys; it begins with HKLM\\SYSTEM\\Select");
	refused(V5 "[HKLM\\x\\Select]\n[HKLM\\x\\MountedDevices]\n", "SYSTEM hive");
	refused(V5 "[-HKCU\\x]\n", "a list of changes");
}

/* The same of a run's machine is told in it. */
static void test_machine(void **state)
{
	(void)state;
	struct snapshot *snapshot = NULL;
	struct failure failure;

	assert_int_equal(read_text(V5 LIST("HKCU"), true, &snapshot, &failure),
			 STATUS_OK);
	assert_int_equal(diag_count_of(snapshot->diags, DIAG_WRONG_KIND), 1);
	assert_null(snapshot->keys);
	snapshot_free(snapshot);
}

static void test_logs(void **state)
{
	(void)state;
	char *path = hives_temporary(V5 LIST("HKCU"), strlen(V5 LIST("HKCU")));
	struct snapshot_source source = {
		.path = path, .logs = { path }, .n_logs = 1, .number = STAGE_NO_HIVE
	};
	struct snapshot *snapshot = NULL;
	struct failure failure = { 0 };

	assert_int_equal(snapshotread_source(&source, &snapshot, &failure),
			 STATUS_UNSUPPORTED);
	assert_non_null(strstr(failure.sentence, "to which no transaction log belongs"));
	unlink(path);
	free(path);
}

/* ---- compared ---- */

static bool has_reason(const struct finding *finding, enum finding_reason reason)
{
	for (size_t i = 0; i < finding->n_reasons; i++)
		if (finding->reasons[i] == reason)
			return true;
	return false;
}

/* The only change between the two, of this kind and so sure, for that reason too. */
static void changed_for(const char *was, const char *is, enum finding_kind kind,
			enum finding_certainty certainty, enum finding_reason reason)
{
	struct snapshot *before = read_sound(was), *after = read_sound(is);
	struct comparison *comparison = NULL;

	assert_int_equal(compare_snapshots(before, after, NULL, 0, NULL, 0, &comparison),
			 STATUS_OK);
	assert_int_equal(comparison->n_findings, 1);
	const struct finding *finding = &comparison->findings[0];
	assert_int_equal(finding->kind, kind);
	assert_int_equal(finding->certainty, certainty);
	assert_true(has_reason(finding, FINDING_FROM_EXPORT));
	assert_true(has_reason(finding, reason));
	assert_true(reason == FINDING_AFTER_INCOMPLETE ||
		    !has_reason(finding, FINDING_AFTER_INCOMPLETE) ||
		    certainty == FINDING_UNRESOLVED);
	/* Nothing dates it. */
	assert_int_equal(finding->n_bounds, 0);
	assert_int_equal(finding->at_ft, 0);
	assert_int_equal(diag_count_of(comparison->diags, DIAG_AFTER_OLDER), 0);
	comparison_free(comparison);
	snapshot_free(before);
	snapshot_free(after);
}

static void changed(const char *was, const char *is, enum finding_kind kind,
		    enum finding_certainty certainty)
{
	changed_for(was, is, kind, certainty, FINDING_FROM_EXPORT);
}

#define AB WHOLE("HKCU") PROFILE("HKCU", "A", "1") PROFILE("HKCU", "B", "2")

static void test_compared(void **state)
{
	(void)state;
	changed(V5 AB, V5 WHOLE("HKCU") PROFILE("HKCU", "A", "1"), FINDING_DELETED,
		FINDING_PROBABLE);
	changed(V5 WHOLE("HKCU") PROFILE("HKCU", "A", "1"), V5 AB, FINDING_ADDED,
		FINDING_PROBABLE);
	changed(V5 AB,
		V5 WHOLE("HKCU") PROFILE("HKCU", "A", "1") PROFILE("HKCU", "C", "2"),
		FINDING_RENAMED, FINDING_PROBABLE);
	changed(V5 AB,
		V5 WHOLE("HKCU") PROFILE("HKCU", "A", "1") PROFILE("HKCU", "B", "3"),
		FINDING_RECREATED, FINDING_PROBABLE);
}

/* Absence counts only inside a branch that is exported. */
static void test_covered(void **state)
{
	(void)state;
	/* The list is a branch; the profile may have gone where the export does not look. */
	changed_for(V5 AB, V5 LIST("HKCU") PROFILE("HKCU", "A", "1"), FINDING_DELETED,
		    FINDING_PROBABLE, FINDING_AFTER_INCOMPLETE);
	/* One profile says nothing of others. */
	changed(V5 AB, V5 PROFILE("HKCU", "A", "1"), FINDING_DELETED, FINDING_UNRESOLVED);
	changed(V5 PROFILE("HKCU", "A", "1"), V5 AB, FINDING_ADDED, FINDING_UNRESOLVED);
	/* Keys that only lead to it are no list. */
	changed(V5 AB,
		V5 "[HKCU\\Software]\n[HKCU\\Software\\Microsoft]\n"
		   "[HKCU\\Software\\Microsoft\\Windows NT]\n"
		   "[HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion]\n"
		   "[HKCU\\" WMS "]\n[HKCU\\" WMS
		   "\\Profiles]\n" PROFILE("HKCU", "A", "1"),
		FINDING_DELETED, FINDING_UNRESOLVED);
	/* The line of a key that is broken may have been its. */
	changed(V5 AB, V5 WHOLE("HKCU") "[HKCU\\x\n" PROFILE("HKCU", "A", "1"),
		FINDING_DELETED, FINDING_UNRESOLVED);
	/* A value of the profile that could not be read leaves what it holds open. */
	changed(V5 AB,
		V5 WHOLE("HKCU") PROFILE("HKCU", "A", "1")
			PROFILE("HKCU", "B", "2") "\"x\"=what\n\"y\"=dword:1\n",
		FINDING_MODIFIED, FINDING_UNRESOLVED);
}

/* Without places, one name is no more than one name. */
static void test_name_only(void **state)
{
	(void)state;
#define NAMED(number)                                                                    \
	V5 WHOLE(                                                                        \
		"HKCU") "[HKCU\\" WMS "\\Profiles\\A]\n[HKCU\\" WMS                      \
			"\\Profiles\\A\\9207f3e0a3b11019908b08002b2a56c2]\n\"x\"=dword:" number
	changed(NAMED("1"), NAMED("2"), FINDING_MODIFIED, FINDING_POSSIBLE);
}

/* Nor does a profile stand in the cell where it stood. */
static void test_no_one_hive(void **state)
{
	(void)state;
	struct snapshot *a =
		read_sound(V5 LIST("HKU\\" SID) PROFILE("HKU\\" SID, "A", "1"));
	struct snapshot *b =
		read_sound(V5 LIST("HKU\\" SID "2") PROFILE("HKU\\" SID "2", "A", "1"));

	assert_false(samesubject_is_one_hive(a, b));
	assert_non_null(samesubject_difference(a, b));
	snapshot_free(a);
	snapshot_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_it_is),  cmocka_unit_test(test_subjects),
		cmocka_unit_test(test_roots),	    cmocka_unit_test(test_machine),
		cmocka_unit_test(test_logs),	    cmocka_unit_test(test_compared),
		cmocka_unit_test(test_covered),	    cmocka_unit_test(test_name_only),
		cmocka_unit_test(test_no_one_hive),
	};
	return UNIT_RUN(tests);
}
