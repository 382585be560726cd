/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/signals.h"

#include "base/compiler.h"
#include "report/leftover.h"

#include <signal.h>
#include <stddef.h>

/* The signal comes again when this returns, and does what it does without a handler. */
static void end(int number)
{
	leftover_remove_all();
	(void)raise(number);
}

void signals_set_up(void)
{
	static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	struct sigaction before;
	struct sigaction action = { .sa_handler = end, .sa_flags = (int)SA_RESETHAND };

	(void)sigfillset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(ending); i++)
		if (sigaction(ending[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			(void)sigaction(ending[i], &action, NULL);
	(void)signal(SIGXFSZ, SIG_IGN);
	/* That somebody wants to write to a file while it is asked who does. */
	(void)signal(SIGIO, SIG_IGN);
}
