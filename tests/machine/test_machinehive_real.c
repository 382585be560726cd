/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Real hives given as those of a machine, which none of them is. */
#include "help/machines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USER "a user's hive (NTUSER.DAT or DEFAULT)"
#define UNKNOWN "; nothing in it tells what it is"

/* Real hives, none of which is of a machine. */
static void test_real_hives(void **state)
{
	static const struct {
		const char *name, *words;
	} hives[] = {
		{ "real/NTUSER-WIN7.DAT", USER },
		{ "real/NTUSER-WIN10.DAT", USER },
		{ "real/NTUSER-XP.DAT", USER },
		{ "real/DEFAULT-WIN8", USER },
		{ "real/TEMPLATE-WIN7.NTUSER.DAT", USER },
		{ "logs/RecoveredHive_Windows7", UNKNOWN },
		{ "odd/ManySubkeysHive", UNKNOWN },
		{ "odd/EmptyHive", UNKNOWN },
	};
	const char *folder = getenv("HIVES");
	char path[4096];

	(void)state;
	/* The log of a SYSTEM hive, without the hive. */
	(void)snprintf(path, sizeof(path), "%s/logs/lone-system.LOG1", folder);
	struct machine_system *lone = machines_system_at(path);
	machines_say(lone->snapshot, DIAG_WRONG_KIND, "a transaction log");
	machinesystem_free(lone);
	for (size_t i = 0; i < ARRAY_LEN(hives); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, hives[i].name);
		struct machine_system *system = machines_system_at(path);
		struct machine_software *s = machines_software_at(path);
		struct diag_list *lists[] = { system->snapshot->diags,
					      s->snapshot->diags };
		for (size_t k = 0; k < ARRAY_LEN(lists); k++) {
			bool told = false;
			assert_int_equal(diag_count_of(lists[k], DIAG_WRONG_KIND), 1);
			for (size_t d = 0; d < diag_count(lists[k]); d++)
				if (diag_item(lists[k], d)->code == DIAG_WRONG_KIND)
					told = strstr(diag_item(lists[k], d)->sentence,
						      hives[i].words);
			if (!told)
				fail_msg("%s", hives[i].name);
		}
		machinesystem_free(system);
		machinesoftware_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_real_hives) };
	const char *hives = getenv("HIVES");

	if (!hives || !*hives) {
		(void)puts("1..0 # SKIP no test hives");
		return 0;
	}
	return UNIT_RUN(tests);
}
