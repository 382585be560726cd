/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/redact/redactxml.h"

#include "base/array.h"
#include "report/redact/redacttext.h"

#include <string.h>

/* What becomes of a text beside getting the stand-in of a kind. */
enum {
	AS_IT_IS = REDACT_N_KINDS, /* the program's own in any case */
	EVIDENCE,		   /* redacttext_evidence() */
	SENTENCE,		   /* redacttext_sentence() */
	WORDS,			   /* redacttext_words() */
	LEFT_OUT,		   /* "left_out" in its place */
};

/* In the order of the report.  "*": every attribute. */
static const struct row {
	const char *element, *attribute; /* NULL: the content */
	int how;
} rows[] = {
	{ "report", "*", AS_IT_IS },
	{ "dfxml:program", NULL, AS_IT_IS },
	{ "dfxml:version", NULL, AS_IT_IS },
	{ "dfxml:library", "*", AS_IT_IS },
	{ "dfxml:host", NULL, REDACT_MACHINE },
	{ "dfxml:command_line", NULL, AS_IT_IS }, /* each argument is redacted before */
	{ "case", "id", REDACT_TEXT },
	{ "case", "examiner", REDACT_USER },
	{ "case", "note", SENTENCE },
	{ "custody", "evidence_number", REDACT_TEXT },
	{ "custody", "received_from", REDACT_USER },
	{ "custody", "received_at", REDACT_TEXT },
	{ "time_zone", "name", EVIDENCE },
	{ "path", NULL, REDACT_PATH },
	{ "dfxml:filename", NULL, REDACT_PATH },
	{ "dfxml:hashdigest", NULL,
	  AS_IT_IS }, /* those of cells are left out with them */
	{ "hive", "embedded_name", REDACT_PATH },
	{ "reg", "root", EVIDENCE },
	{ "mapi32", "company", EVIDENCE },
	{ "mapi32", "product", EVIDENCE },
	{ "mapi32", "description", EVIDENCE },
	{ "mapi32", "original_name", EVIDENCE },
	{ "mapi32", NULL, SENTENCE },
	{ "listing", "machine", REDACT_MACHINE },
	{ "holder", "image", EVIDENCE },
	{ "holder", "window", EVIDENCE },
	{ "runs", "name", EVIDENCE },
	{ "runs", "display_name", EVIDENCE },
	{ "runs", "account", REDACT_USER },
	{ "runs", "image_path", REDACT_PATH },
	{ "system", "computer_name", REDACT_MACHINE },
	{ "system", "time_zone", EVIDENCE },
	{ "software", "windows", EVIDENCE },
	{ "software", "windows_version", EVIDENCE },
	{ "click_to_run", "version", EVIDENCE },
	{ "click_to_run", "products", EVIDENCE },
	{ "user_folder", "sid", REDACT_SID },
	{ "user_folder", "path", REDACT_PATH },
	{ "user_folder", "central", REDACT_PATH },
	{ "hotfix", "name", EVIDENCE },
	{ "outlook", "version", EVIDENCE },
	{ "event", "source", EVIDENCE },
	{ "event", "channel", EVIDENCE },
	{ "event", "user", REDACT_SID },
	{ "event", NULL, SENTENCE },
	{ "series", "subject", SENTENCE },
	{ "series", "sid", REDACT_SID },
	{ "series", "user", REDACT_USER },
	{ "place", "drive", EVIDENCE },
	{ "place", "user", REDACT_USER },
	{ "place", "conflict", SENTENCE },
	{ "unpaired", NULL, SENTENCE },
	{ "office", "version", EVIDENCE },
	{ "office", "machine_id", REDACT_ID },
	{ "identity", "key", EVIDENCE },
	{ "identity", "name", EVIDENCE },
	{ "identity", "value", EVIDENCE },
	{ "redirect", "host", REDACT_SERVER },
	{ "boot", "key", EVIDENCE },
	{ "boot", "name", EVIDENCE },
	{ "boot", "value", EVIDENCE },
	{ "data_file", "path", REDACT_PATH },
	{ "data_file", "source", AS_IT_IS },
	{ "store", "id", AS_IT_IS },
	{ "store", "office_version", EVIDENCE },
	{ "store", "path", EVIDENCE },
	{ "default_profile", "name", REDACT_PROFILE },
	{ "profile", "name", REDACT_PROFILE },
	{ "profile", "store_path", EVIDENCE },
	{ "profile", "digest", LEFT_OUT },
	{ "profile", "lives_on", REDACT_PROFILE },
	{ "profile", "went_on", REDACT_PROFILE },
	{ "generated_name", "prefix", EVIDENCE },
	{ "client", "machine_id", REDACT_ID },
	{ "server", "host", REDACT_SERVER },
	{ "server", "user", REDACT_USER },
	{ "provider", "uid", EVIDENCE },
	{ "provider", "name", EVIDENCE },
	{ "provider", "display_name", EVIDENCE },
	{ "provider", "dll", EVIDENCE },
	{ "service", "uid", EVIDENCE },
	{ "service", "name", EVIDENCE },
	{ "service", "display_name", EVIDENCE },
	{ "service", "dll", EVIDENCE },
	{ "service", "kind", WORDS },
	{ "exchange", "section", EVIDENCE },
	{ "exchange", "server", REDACT_SERVER },
	{ "exchange", "server_dn", REDACT_DN },
	{ "exchange", "user_dn", REDACT_DN },
	{ "exchange", "mailbox", REDACT_USER },
	{ "exchange", "mailbox_dn", REDACT_DN },
	{ "exchange", "smtp_address", REDACT_ADDRESS },
	{ "exchange", "account_name", REDACT_USER },
	{ "exchange", "auth_user", REDACT_USER },
	{ "exchange", "server_fqdn", REDACT_SERVER },
	{ "exchange", "alternate", REDACT_ADDRESS },
	{ "exchange", "proxy", REDACT_SERVER },
	{ "exchange", "autodiscover", REDACT_SERVER },
	{ "exchange", "mailbox_inside", REDACT_SERVER },
	{ "exchange", "mailbox_outside", REDACT_SERVER },
	{ "exchange", "book_inside", REDACT_SERVER },
	{ "exchange", "book_outside", REDACT_SERVER },
	{ "exchange", "ost", REDACT_PATH },
	{ "file", "path", REDACT_PATH },
	{ "named_file", "path", REDACT_PATH },
	{ "named_in", "section", EVIDENCE },
	{ "named_in", "value_name", EVIDENCE },
	{ "account", "id", EVIDENCE },
	{ "account", "name", REDACT_USER },
	{ "account", "display_name", REDACT_USER },
	{ "account", "email", REDACT_ADDRESS },
	{ "gone_account", "id", EVIDENCE },
	{ "gone_account", "section", EVIDENCE },
	{ "gone_account", "name", REDACT_USER },
	{ "setting", "name", EVIDENCE },
	{ "setting", "value", EVIDENCE },
	{ "property", "section", EVIDENCE },
	{ "property", "name", WORDS },
	{ "property", "value", EVIDENCE },
	{ "property", "meaning", SENTENCE },
	{ "secret", "section", EVIDENCE },
	{ "secret", "name", EVIDENCE },
	{ "problem", "section", EVIDENCE },
	{ "problem", "value_name", EVIDENCE },
	{ "problem", "uid", EVIDENCE },
	{ "change", "profile", REDACT_PROFILE },
	{ "change", "new_name", REDACT_PROFILE },
	{ "change", "store_path", EVIDENCE },
	{ "change", "new_store_path", EVIDENCE },
	{ "difference", "path", EVIDENCE },
	{ "difference", "name", EVIDENCE },
	{ "difference", "before", EVIDENCE },
	{ "difference", "after", EVIDENCE },
	{ "reason", NULL, SENTENCE },
	{ "restore", "why", SENTENCE },
	{ "restore", "remedy", SENTENCE },
	{ "restore", "file", REDACT_PATH },
	{ "compared_key", "path", EVIDENCE },
	{ "diagnosis", "says", SENTENCE },
	{ "diagnosis", "contradiction", SENTENCE },
	{ "no_diagnosis", NULL, SENTENCE },
	{ "missing", NULL, SENTENCE },
	{ "condition", "changes", AS_IT_IS },
	{ "condition", "says", SENTENCE },
	{ "condition", "detail", SENTENCE },
	{ "condition", "decided_by", SENTENCE },
	{ "evidence", "value", SENTENCE },
	{ "advice", "name", SENTENCE },
	{ "advice", NULL, SENTENCE },
	{ "diagnostic", NULL, SENTENCE },
	{ "summary", "verdict", SENTENCE },
};

static const struct row *row_of(const char *element, const char *attribute)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct row *row = &rows[i];
		if (strcmp(row->element, element) != 0)
			continue;
		if (!row->attribute || !attribute
			    ? row->attribute == attribute
			    : strcmp(row->attribute, "*") == 0 ||
				      strcmp(row->attribute, attribute) == 0)
			return row;
	}
	return NULL;
}

bool redactxml_names(const char *element, const char *attribute)
{
	return row_of(element, attribute) != NULL;
}

bool redactxml_leaves_out(const char *element)
{
	return strcmp(element, "regxml:cellobject") == 0;
}

/* What is done where the table has no row. */
static int without_row(enum redactxml_from from)
{
	switch (from) {
	case REDACTXML_OWN:
		return WORDS;
	case REDACTXML_EVIDENCE:
		return EVIDENCE;
	case REDACTXML_PATH:
		return REDACT_PATH;
	}
	return WORDS;
}

char *redactxml_text(struct redact *redact, const char *element, const char *attribute,
		     enum redactxml_from from, const char *utf8)
{
	const struct row *row = row_of(element, attribute);
	int how = row ? row->how : without_row(from);

	switch (how) {
	case AS_IT_IS:
		return strdup(utf8);
	case EVIDENCE:
		return redacttext_evidence(redact, utf8);
	case SENTENCE:
		return redacttext_sentence(redact, utf8);
	case WORDS:
		return redacttext_words(redact, utf8);
	case LEFT_OUT:
		return strdup("left_out");
	default:
		return redact_as(redact, (enum redact_kind)how, utf8);
	}
}
