/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The look that all pages share, and the policy by which a page knows it. */
#ifndef REPORT_PAGE_PAGESTYLE_H
#define REPORT_PAGE_PAGESTYLE_H

#include "base/sum/digest.h"
#include "report/base64.h"

/* "sha256-" and the NUL with the hash. */
#define PAGESTYLE_HASH_SIZE (sizeof("sha256-") + BASE64_SIZE(DIGEST_SIZE))

/* src/report/page/page.css as it was when it was built; static storage. */
const char *pagestyle_text(void);

/* "sha256-…", by which the policy of a page allows this style and no other. */
void pagestyle_hash(char out[PAGESTYLE_HASH_SIZE]);

#endif
