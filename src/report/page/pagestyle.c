/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/page/pagestyle.h"

#include <string.h>

/* page_style is page.css as it was when it was built. */
#include "report/page/pagestyle.inc"

const char *pagestyle_text(void)
{
	return page_style;
}

void pagestyle_hash(char out[PAGESTYLE_HASH_SIZE])
{
	static const char kind[] = "sha256-";
	struct digest digest = digest_of(span_of(page_style, sizeof(page_style) - 1));
	char *p = mempcpy(out, kind, sizeof(kind) - 1);

	base64_write(p, digest.bytes, DIGEST_SIZE);
	p[BASE64_SIZE(DIGEST_SIZE)] = '\0';
}
