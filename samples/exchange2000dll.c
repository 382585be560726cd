// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * exchange2000dll FILE: the Mapi32.dll of the server of the sample exchange2000, of
 * Exchange 2000 Service Pack 3 and without the hotfix of KB 817375. Version, names of
 * functions and strings are as such a file has them; its date of June 2002 and its size
 * are made up, and its functions do nothing.
 */
#include "pe.h"

#include <stdio.h>
#include <stdlib.h>

static const struct pe_string strings[] = {
	{ "CompanyName", "Microsoft Corporation" },
	{ "FileDescription", "Extended MAPI 1.0 for Windows NT" },
	{ "FileVersion", "6.0.6249.0" },
	{ "InternalName", "MAPI32" },
	{ "LegalCopyright", "Copyright \xA9 1986-2002 Microsoft Corp." },
	{ "OriginalFilename", "MAPI32.DLL" },
	{ "ProductName", "Microsoft Exchange" },
	{ "ProductVersion", "6.0" },
};

/* No GetOutlookVersion: that is the stub's. */
static const char *const exports[] = {
	"HrQueryAllRows@24", "MAPIAdminProfiles", "MAPIAllocateBuffer",
	"MAPIAllocateMore",  "MAPIFreeBuffer",	  "MAPIInitialize",
	"MAPILogoff",	     "MAPILogon",	  "MAPILogonEx",
	"MAPIOpenFormMgr",   "MAPISendMail",	  "MAPIUninitialize",
	"ScInitMapiUtil@4",
};

int main(int argc, char **argv)
{
	const struct pe_recipe recipe = {
		.machine = PE_I386,
		.timestamp = 1024020633, /* 2002-06-14 02:10:33 UTC */
		.has_version = true,
		.version = { 6, 0, 6249, 0 },
		.strings = strings,
		.n_strings = sizeof(strings) / sizeof(strings[0]),
		.has_text = true,
		.name = "MAPI32.DLL",
		.exports = exports,
		.n_exports = sizeof(exports) / sizeof(exports[0]),
		.size = 24576,
	};

	if (argc != 2) {
		fputs("usage: exchange2000dll FILE\n", stderr);
		return EXIT_FAILURE;
	}
	struct pe_image image = pe_image_build(&recipe);
	bool written = pe_image_write(&image, argv[1]);
	if (!written)
		perror(argv[1]);
	pe_image_free(&image);
	return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
