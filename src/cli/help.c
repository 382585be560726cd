/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --help and --version print. */
#include "cli/help.h"

#include "report/page/html.h"
#include "report/summary/summary.h"

#include <stdio.h>

void help_print(void)
{
	fputs("Usage: wmsdiff [OPTION]... SNAPSHOT...    hives: one, before and after, a series\n"
	      "       wmsdiff --validate REPORT          or  --render REPORT --html FILE\n"
	      "Tell which MAPI profiles vanished from a Windows user's registry hive.\n"
	      "\n"
	      "Output    -o, --output FILE  XML report     --timeline FILE    .jsonl .csv .body\n"
	      "          --html FILE        web page       --full             spell out all\n"
	      "          -q, --quiet        no summary     -v, --verbose      tell each stage\n"
	      "          --color WHEN       auto, always, never; --progress WHEN  auto, never\n"
	      "Hives     --log FILE         of the SNAPSHOT before it   --skip-logs\n"
	      "          --save-image DIR   hives with their logs       --key PATH  compare too\n"
	      "          --no-recover       do not look for deleted profiles\n"
	      "Machine   --mapi32 FILE|VERSION   --modules FILE  tlist, tasklist\n"
	      "          --system HIVE  --software HIVE  --events FILE  Application.evt\n"
	      "          --patterns FILE         more names of services' profiles\n"
	      "Restore   --restore DIR      .reg files     --restore-profile NAME  only this\n"
	      "          --restore-as NAME  --restore-root KEY  --restore-partial\n"
	      "          --reg-version 5|4  --reg-encoding utf16le|utf8\n"
	      "Reports   --validate         check it       --render     make its page\n"
	      "Record    --case ID  --examiner NAME  --note TEXT\n"
	      "Running   -j, --jobs N       at once        --exit-zero  0 instead of 1\n"
	      "          --help  --version\n"
	      "Exit status: 0 no profile is gone, 1 one is, 2 trouble or not read whole.  The\n"
	      "manual: man wmsdiff\n",
	      stdout);
}

void help_print_version(void)
{
	unsigned unistring = summary_library_version();

	fputs("wmsdiff " PACKAGE_VERSION "\n"
	      "hivex " HIVEX_VERSION "\n"
	      "libxml2 " LIBXML2_VERSION "\n"
	      "nettle " NETTLE_VERSION "\n",
	      stdout);
	printf("libunistring %u.%u\n", unistring >> 16, unistring >> 8 & 0xff);
	if (html_library_version())
		printf("libxslt %s\n", html_library_version());
}
