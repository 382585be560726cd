// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000 BEFORE AFTER: the DEFAULT hive (LocalSystem) of an Exchange 2000 server on
 * Windows 2000, saved on the evening of 17 March 2003 and on the morning after, when a
 * backup agent's call of MAPIInitialize had purged the profiles of live services, as KB
 * 817375 describes it. Only the profile of the agent itself survives.
 */
#include "incident.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: exchange2000 BEFORE AFTER\n", stderr);
		return EXIT_FAILURE;
	}
	struct builder *b = incident_before();
	bool written = sample_hive(b, argv[1]);
	incident_aftermath(b);
	written = written && sample_hive(b, argv[2]);
	builder_free(b);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
