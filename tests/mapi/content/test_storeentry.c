/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wrapped store entry ids: of a real layout, damaged, and amid other bytes. */
#include "help/unit.h"

#include "mapi/content/storeentry.h"

#include "samples/mapi.h"

#include "help/texts.h"

#include <stdlib.h>
#include <string.h>

#define WRAPPER "0000000038a1bb1005e5101aa1bb08002b2a56c20000"
#define MSPST WRAPPER "6d737073742e646c6c00"	      /* fills 32 bytes */
#define PSTPRX WRAPPER "7073747072782e646c6c00000000" /* and 36 */
#define PST_UID "4e495441f9bfb80100aa0037d96e0000"
#define OTHER_UID "00112233445566778899aabbccddeeff"

static struct mapi_blob blob;

static void start(const char *digits)
{
	blob.n = 0;
	mapi_blob_hex(&blob, digits);
}

/* How many paths the bytes name; the last one as text. */
static size_t count(const void *bytes, size_t n, struct text *last)
{
	size_t off = 0, found = 0;
	/* An exact copy, so that a sanitizer sees a byte read too far. */
	void *copy = malloc(n ? n : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, n);
	while (storeentry_next(span_of(copy, n), &off, last)) {
		found++;
		assert_true(off <= n);
		last->bytes = span_of((const uint8_t *)bytes +
					      (last->bytes.ptr - (uint8_t *)copy),
				      last->bytes.len);
	}
	free(copy);
	return found;
}

static void one(const char *path)
{
	struct text t;

	assert_int_equal(count(blob.bytes, blob.n, &t), 1);
	assert_text(t, path);
}

static void none(void)
{
	struct text t;

	assert_int_equal(count(blob.bytes, blob.n, &t), 0);
}

/* The entry id of a real hive: its 54 bytes before the path, byte for byte. */
static void test_unicode_pst(void **state)
{
	(void)state;
	start("0000000038a1bb1005e5101aa1bb08002b2a56c200006d737073742e646c6c0000000000"
	      "4e495441f9bfb80100aa0037d96e00000000");
	assert_int_equal(blob.n, 54);
	mapi_blob_text(&blob, "C:\\Mail\\old one.pst");
	one("C:\\Mail\\old one.pst");
}

static void test_ansi_pst(void **state)
{
	(void)state;
	start(MSPST "00000000" PST_UID "00");
	mapi_blob_add(&blob, "C:\\Mail\\ansi.pst", sizeof("C:\\Mail\\ansi.pst"));
	one("C:\\Mail\\ansi.pst");
}

static void test_share(void **state)
{
	(void)state;
	start(MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "\\\\server\\home\\a.pst");
	one("\\\\server\\home\\a.pst");
}

/* Of this provider the layout is not known: the path is looked for near its id. */
static void test_pstprx(void **state)
{
	(void)state;
	start(PSTPRX "00000000" OTHER_UID "0100000000112233");
	mapi_blob_text(&blob, "D:\\imap.ost");
	one("D:\\imap.ost");
	start(PSTPRX "00000000" OTHER_UID);
	for (int i = 0; i < 64; i++)
		mapi_blob_number(&blob, 1, 1);
	mapi_blob_text(&blob, "D:\\imap.ost");
	none();
}

static void test_amid_others(void **state)
{
	struct text t;

	(void)state;
	start("03000000aa");
	mapi_blob_hex(&blob, MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "C:\\a.pst");
	mapi_blob_hex(&blob, "ffff");
	mapi_blob_hex(&blob, MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "C:\\b.pst");
	mapi_blob_hex(&blob, "00");
	assert_int_equal(count(blob.bytes, blob.n, &t), 2);
	assert_text(t, "C:\\b.pst");
}

static void test_other_things(void **state)
{
	(void)state;
	/* Another provider: Exchange names a server and a mailbox there. */
	start(WRAPPER "656d736d64622e646c6c0000"
		      "00000000" OTHER_UID "0c000000");
	mapi_blob_text(&blob, "C:\\no.pst");
	none();
	/* mspst.dll with another id behind it. */
	start(MSPST "00000000" OTHER_UID "0000");
	mapi_blob_text(&blob, "C:\\no.pst");
	none();
	/* What has not the form of a path. */
	start(MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "Personal Folders");
	none();
	start(MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "C:\\what?.pst");
	none();
	start(MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "C:\\");
	none();
	start("38a1bb1005e5101aa1bb08002b2a56c2");
	none();
}

/* Whatever is cut off, nothing is read that is not whole. */
static void test_cut(void **state)
{
	struct text t;

	(void)state;
	start(MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "C:\\Mail\\old.pst");
	for (size_t n = 0; n < blob.n; n++)
		assert_int_equal(count(blob.bytes, n, &t), 0);
	one("C:\\Mail\\old.pst");
}

/* Every byte of the head decides but those of the flags. */
static void test_spoilt(void **state)
{
	struct text t;

	(void)state;
	start(MSPST "00000000" PST_UID "0000");
	mapi_blob_text(&blob, "C:\\a.pst");
	for (size_t i = 4; i < 20; i++) {
		blob.bytes[i] ^= 0x80;
		assert_int_equal(count(blob.bytes, blob.n, &t), 0);
		blob.bytes[i] ^= 0x80;
	}
	for (size_t i = 22; i < 32; i++) {
		blob.bytes[i] ^= 0x80;
		assert_int_equal(count(blob.bytes, blob.n, &t), 0);
		blob.bytes[i] ^= 0x80;
	}
	one("C:\\a.pst");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unicode_pst), cmocka_unit_test(test_ansi_pst),
		cmocka_unit_test(test_share),	    cmocka_unit_test(test_pstprx),
		cmocka_unit_test(test_amid_others), cmocka_unit_test(test_other_things),
		cmocka_unit_test(test_cut),	    cmocka_unit_test(test_spoilt),
	};

	return UNIT_RUN(tests);
}
