/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The verdict on a Mapi32.dll.  The first line that fits decides:
 *
 *	exports GetOutlookVersion,	stub: Fixmapi.exe of Windows tells it by that
 *	or version 1.0.*		export (Microsoft, "FixMAPI"); the stub of
 *					Windows 2000 has version 1.0
 *	no version			unknown
 *	6.0 before 6.0.6448.0, and	mismatch: the size is that of the fixed file
 *	745472 bytes
 *	6.0.6448.0 and other than	mismatch: KB 817375 gives that size, though
 *	745472 bytes			for the English file only
 *	6.0 before 6.0.6448.0		affected: KB 817375; before 6.0.6249.0, the
 *					build of Exchange 2000 Service Pack 3, that
 *					must be installed first
 *	6.0 from 6.0.6448.0 on		fixed
 *	6.5				Exchange 2003: not named in the article
 *	5.5				Exchange 5.5: KB 818861 has a fault of its kind
 *	any other			another product
 *
 * No size is documented for later builds, so 745472 bytes of one contradict
 * nothing.  Of a bare number there is no file to hold it against.
 */
#include "companion/mapi32.h"

#include "base/filetime.h"
#include "companion/versioninfo.h"

#include <inttypes.h>
#include <stdlib.h>

#define STUB_EXPORT "GetOutlookVersion"

static const struct mapi32_version fixed = { { 6, 0, 6448, 0 } };
static const struct mapi32_version service_pack_3 = { { 6, 0, 6249, 0 } };

/* Digits of 65535: more would only be zeros in front. */
#define MAX_DIGITS 5

/* Reads a number of 16 bits at *text and goes behind it. */
static bool parse_part(const char **text, uint16_t *out)
{
	uint32_t number = 0;
	unsigned n = 0;

	for (; **text >= '0' && **text <= '9'; (*text)++) {
		if (++n > MAX_DIGITS)
			return false;
		number = number * 10 + (uint32_t)(**text - '0');
	}
	*out = (uint16_t)number;
	return n > 0 && number <= UINT16_MAX;
}

bool mapi32_parse_version(const char *text, struct mapi32_version *out)
{
	struct mapi32_version version;

	for (size_t i = 0; i < ARRAY_LEN(version.parts); i++) {
		if (i > 0 && *text++ != '.')
			return false;
		if (!parse_part(&text, &version.parts[i]))
			return false;
	}
	if (*text)
		return false;
	*out = version;
	return true;
}

int mapi32_compare_version(const struct mapi32_version *a, const struct mapi32_version *b)
{
	for (size_t i = 0; i < ARRAY_LEN(a->parts); i++)
		if (a->parts[i] != b->parts[i])
			return a->parts[i] < b->parts[i] ? -1 : 1;
	return 0;
}

static bool is_line(const struct mapi32_version *version, unsigned major, unsigned minor)
{
	return version->parts[0] == major && version->parts[1] == minor;
}

/* True if the version and the size of the file cannot both be right. */
static bool contradicts_size(const struct mapi32 *m)
{
	if (!m->evidence || !is_line(&m->version, 6, 0))
		return false;
	int order = mapi32_compare_version(&m->version, &fixed);
	bool same_size = m->evidence->bytes.len == MAPI32_FIXED_SIZE;
	return (order < 0 && same_size) || (order == 0 && !same_size);
}

static void tell_size(const struct mapi32 *m)
{
	const uint16_t *v = m->version.parts;

	if (m->evidence->bytes.len == MAPI32_FIXED_SIZE)
		diag_at(m->diags, DIAG_PE_SIZE_DIFFERS, m->version_off,
			"the file has %d bytes, as the fixed file of KB 817375, but its "
			"version is %u.%u.%u.%u, which is older",
			MAPI32_FIXED_SIZE, v[0], v[1], v[2], v[3]);
	else
		diag_at(m->diags, DIAG_PE_SIZE_DIFFERS, m->version_off,
			"the file has the version %u.%u.%u.%u of the fixed file of KB "
			"817375, but %zu bytes and not %d; that size is given for the "
			"English file only, one of another language may differ",
			v[0], v[1], v[2], v[3], m->evidence->bytes.len,
			MAPI32_FIXED_SIZE);
}

/* The table in the head of this file. */
static enum mapi32_verdict judge(const struct mapi32 *m)
{
	const struct mapi32_version *version = &m->version;

	if (m->stub)
		return MAPI32_STUB;
	if (!m->has_version)
		return MAPI32_UNKNOWN;
	if (contradicts_size(m))
		return MAPI32_MISMATCH;
	if (is_line(version, 6, 0))
		return mapi32_compare_version(version, &fixed) < 0 ? MAPI32_AFFECTED
								   : MAPI32_FIXED;
	if (is_line(version, 6, 5))
		return MAPI32_EXCHANGE_2003;
	if (is_line(version, 5, 5))
		return MAPI32_EXCHANGE_55;
	return MAPI32_OTHER_PRODUCT;
}

static void conclude(struct mapi32 *m)
{
	m->stub = m->exports_outlook_version ||
		  (m->has_version && is_line(&m->version, 1, 0));
	m->verdict = judge(m);
	m->needs_sp3 = m->verdict == MAPI32_AFFECTED &&
		       mapi32_compare_version(&m->version, &service_pack_3) < 0;
	if (m->verdict == MAPI32_MISMATCH)
		tell_size(m);
}

static struct mapi32 *new_mapi32(void)
{
	struct mapi32 *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->diags = diag_list_new();
	if (m->diags)
		return m;
	free(m);
	return NULL;
}

void mapi32_free(struct mapi32 *m)
{
	if (!m)
		return;
	evidence_free(m->evidence);
	diag_list_free(m->diags);
	free(m->company);
	free(m->product);
	free(m->description);
	free(m->original_name);
	free(m);
}

void mapi32_freep(struct mapi32 **m)
{
	mapi32_free(*m);
}

static enum status read_version(struct mapi32 *m, const struct pe *pe)
{
	AUTO(versioninfo_clear) struct versioninfo info = { 0 };
	struct pe_part part;

	if (pe_version_resource(pe, &part))
		RETURN_IF_FAILED(versioninfo_read(part, m->diags, &info));
	m->has_version = info.has_version;
	m->version_off = info.version_off;
	for (size_t i = 0; i < ARRAY_LEN(info.version); i++)
		m->version.parts[i] = info.version[i];
	m->company = STEAL(info.strings[VERSIONINFO_COMPANY]);
	m->product = STEAL(info.strings[VERSIONINFO_PRODUCT]);
	m->description = STEAL(info.strings[VERSIONINFO_DESCRIPTION]);
	m->original_name = STEAL(info.strings[VERSIONINFO_ORIGINAL_NAME]);
	/* Of a damaged image nobody knows whether it had one. */
	if (!m->has_version && diag_count_of(m->diags, DIAG_PE_DAMAGED) == 0)
		diag_at(m->diags, DIAG_PE_NO_VERSION, DIAG_NOWHERE,
			"the file has no version resource with a file version");
	return STATUS_OK;
}

static enum status read_image(struct mapi32 *m)
{
	struct pe pe;
	bool open = pe_open(m->evidence->bytes, m->diags, &pe);

	m->machine = pe.machine;
	if (pe.timestamp != 0)
		m->built_ft = filetime_from_unix(pe.timestamp, 0);
	if (!open)
		return STATUS_OK;
	m->exports_outlook_version = pe_exports(&pe, STUB_EXPORT, &m->export_off);
	return read_version(m, &pe);
}

enum status mapi32_read(const struct evidence_opener *opener, const char *path,
			struct mapi32 **out, struct failure *failure)
{
	AUTO(mapi32_freep) struct mapi32 *m = new_mapi32();
	enum status status = STATUS_NOMEM;

	if (m)
		status = evidence_read_through(opener, path, NULL, &m->evidence, failure);
	else
		failure_set(failure, "out of memory");
	RETURN_IF_FAILED(status);
	RETURN_IF_FAILED(read_image(m));
	conclude(m);
	*out = STEAL(m);
	return STATUS_OK;
}

enum status mapi32_from_version(const struct mapi32_version *version, struct mapi32 **out)
{
	struct mapi32 *m = new_mapi32();

	if (!m)
		return STATUS_NOMEM;
	m->has_version = true;
	m->version = *version;
	conclude(m);
	*out = m;
	return STATUS_OK;
}

const char *mapi32_verdict_word(enum mapi32_verdict verdict)
{
	static const char *const words[] = {
		[MAPI32_UNKNOWN] = "unknown",
		[MAPI32_AFFECTED] = "affected",
		[MAPI32_FIXED] = "fixed",
		[MAPI32_STUB] = "stub",
		[MAPI32_EXCHANGE_55] = "exchange_55",
		[MAPI32_EXCHANGE_2003] = "exchange_2003",
		[MAPI32_OTHER_PRODUCT] = "other_product",
		[MAPI32_MISMATCH] = "mismatch",
	};

	return words[verdict];
}

const char *mapi32_verdict_sentence(enum mapi32_verdict verdict)
{
	static const char *const sentences[] = {
		[MAPI32_UNKNOWN] =
			"of no known version: none could be read, so it decides nothing",
		[MAPI32_AFFECTED] =
			"of the affected builds: older than 6.0.6448.0, which is "
			"necessary for the fault but does not prove it",
		[MAPI32_FIXED] =
			"of the fixed builds: 6.0.6448.0 or later, though programs that "
			"were started before it was installed may have used an older one",
		[MAPI32_STUB] =
			"the stub of Windows or Outlook, which only hands calls on: the "
			"library that counts is another (Mapi32x.dll, Msmapi32.dll, "
			"Exmapi32.dll)",
		[MAPI32_EXCHANGE_55] =
			"of Exchange 5.5: KB 817375 is not about it, but KB 818861 tells "
			"of the same fault between sessions of Terminal Services",
		[MAPI32_EXCHANGE_2003] =
			"of Exchange 2003: not listed as affected, which does not prove "
			"it free of the fault",
		[MAPI32_OTHER_PRODUCT] =
			"of another product than Exchange 5.5, 2000 or 2003: KB 817375 "
			"says nothing of it",
		[MAPI32_MISMATCH] =
			"in contradiction with itself: its version and its size do not "
			"belong together, so it decides nothing",
	};

	return sentences[verdict];
}

enum basis mapi32_verdict_basis(const struct mapi32 *mapi32)
{
	switch (mapi32->verdict) {
	case MAPI32_STUB:
		/* The export is what Fixmapi.exe tests; of the version no source tells. */
		return mapi32->exports_outlook_version ? BASIS_DOCUMENTED
						       : BASIS_UNCONFIRMED;
	case MAPI32_EXCHANGE_2003:
	case MAPI32_MISMATCH:
		return BASIS_INFERRED;
	case MAPI32_UNKNOWN:
	case MAPI32_AFFECTED:
	case MAPI32_FIXED:
	case MAPI32_EXCHANGE_55:
	case MAPI32_OTHER_PRODUCT:
		break;
	}
	return BASIS_DOCUMENTED;
}
