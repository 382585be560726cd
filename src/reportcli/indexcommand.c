/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reportcli/indexcommand.h"

#include "fleet/fleet.h"

#include <stdio.h>
#include <stdlib.h>

#define EXIT_TROUBLE 2

int indexcommand_run(const struct reportarguments *arguments)
{
	struct fleet_answer *answer = calloc(1, sizeof(*answer));
	struct failure *failure = calloc(1, sizeof(*failure));
	int exit_status = EXIT_TROUBLE;

	if (answer && failure)
		failure_set(failure, "out of memory");
	if (answer && failure &&
	    fleet_index(arguments->operand, stderr, answer, failure) == STATUS_OK) {
		fprintf(stdout, "%s\n", answer->sentence);
		fprintf(stdout, "%zu reports of %zu machines are in the index",
			answer->n_reports, answer->n_machines);
		if (answer->n_unread > 0)
			fprintf(stdout, ", and %zu cannot be", answer->n_unread);
		fputs("\n", stdout);
		exit_status = answer->complete ? EXIT_SUCCESS : EXIT_TROUBLE;
	} else {
		fprintf(stderr, "wmsdiff-report: %s\n",
			failure ? failure->sentence : "out of memory");
	}
	free(answer);
	free(failure);
	return exit_status;
}
