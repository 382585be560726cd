// SPDX-License-Identifier: GPL-2.0-or-later
/* The order of the calls decides the uids: it is the order in which Outlook asks. */
#include "mailuser.h"

#include <stdio.h>

struct mapi_pst mailuser_pop3(struct mapi_profile *p, const struct mapi_pop3 *account,
			      const char *path)
{
	struct mapi_pst pst = mapi_pst_add(p, account->email, path, true);
	struct mapi_uid contab = mapi_contab_add(p, &pst);

	mapi_account_service(p, MAPI_LIST_ADDRESS_BOOK, "Outlook Address Book", "CONTAB",
			     &contab);
	mapi_account_pop3(p, account, &pst);
	mapi_account_service(p, MAPI_LIST_STORE, account->email, "MSUPST MS",
			     &pst.service);
	return pst;
}

void mailuser_client(struct mapi_profile *p)
{
	builder_key client = mapi_section(p, MAPI_OUTLOOK);
	struct mapi_uid guid = mapi_uid_next(p);

	mapi_string8(p, client, 0x023d, "Outlook.FAV");
	mapi_boolean(p, client, 0x0413, true);
	mapi_long(p, client, 0x0429, 14);
	mapi_systime(p, client, 0x0032, p->filetime);
	mapi_unicode(p, mapi_section(p, "3517490d76624c419a828607e2a54604"), 0x6000,
		     "Outlook");
	mapi_clsid(p, mapi_section(p, "f86ed2903a4a11cfb57e524153480001"), 0x6002, &guid);
	builder_key_add(p->b, mapi_section(p, "{D9734F19-8CFB-411D-BC59-833E334FCB5E}"),
			"Calendar Summary", p->filetime);
	mapi_instance(p);
}

void mailuser_exchange(struct mapi_profile *p, const char *user, const char *display,
		       const char *ost_path)
{
	struct mapi_uid service = mapi_exchange2010(
		p, &(struct mapi_mailbox){
			   .server = "EXCH02",
			   .domain = "example.com",
			   .organization = "Example",
			   .site = "Exchange Administrative Group (FYDIBOHF23SPDLT)",
			   .user = user,
			   .display = display,
			   .config_flags = 0x184,
			   .ost_path = ost_path,
		   });
	char address[64];

	snprintf(address, sizeof(address), "%s@example.com", user);
	mapi_account_service(p, MAPI_LIST_MAIL, address, "MSEMS", &service);
}
