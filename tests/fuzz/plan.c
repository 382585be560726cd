/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fuzz target: the plan of a sweep, or a table that a person wrote.  Each unit that is read
 * is written as a line that gives the same unit again.
 */
#include "fuzz/fuzz.h"

#include "sweep/plan/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_line(const struct unit *unit)
{
	struct unit again;
	char *line = planline_text(unit);

	FUZZ_CHECK(line != NULL);
	line[strcspn(line, "\n")] = '\0';
	FUZZ_CHECK(planline_read(line, true, &again) == PLANLINE_GOOD);
	FUZZ_CHECK(strcmp(again.name, unit->name) == 0 && again.n == unit->n);
	for (size_t i = 0; i < unit->n; i++)
		FUZZ_CHECK(strcmp(again.arguments[i], unit->arguments[i]) == 0);
	planline_clear(&again);
	free(line);
}

/* Names of folders and archives, too, tell machines. */
static void check_machine(struct span bytes)
{
	char entry[512], machine[256];
	size_t n = bytes.len < sizeof(entry) - 1 ? bytes.len : sizeof(entry) - 1;

	FUZZ_CHECK(span_copy(bytes, 0, entry, n));
	entry[n] = '\0';
	if (unitname_machine(entry, bytes.len % 2, machine, sizeof(machine)))
		FUZZ_CHECK(strlen(machine) < sizeof(machine));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input in = fuzz_split(data, size, 1);
	struct voice voice = { .out = NULL };
	struct plan plan = { 0 };
	struct failure failure;
	char path[32];
	int fd = fuzz_descriptor(in.parts[0]);

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	enum status status = plan_read(path, &voice, &plan, &failure);
	FUZZ_CHECK(status == STATUS_OK || status == STATUS_LIMIT);
	for (size_t i = 0; status == STATUS_OK && i < plan.n; i++)
		check_line(&plan.items[i]);
	if (status == STATUS_OK)
		FUZZ_CHECK(plan_write(&plan, "/dev/null", &failure) == STATUS_OK);
	plan_clear(&plan);
	close(fd);
	check_machine(in.parts[0]);
	return 0;
}
