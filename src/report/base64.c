/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Base64: what nettle makes of it. */
#include "report/base64.h"

#include <nettle/base64.h>

void base64_write(char *out, const uint8_t *bytes, size_t n)
{
	base64_encode_raw(out, n, bytes);
}

size_t base64_read(const char *text, size_t n, uint8_t *out, size_t room)
{
	struct base64_decode_ctx ctx;
	size_t have = 0;

	base64_decode_init(&ctx);
	for (size_t i = 0; i < n && have < room; i++) {
		/* nettle would pass over blanks. */
		int got = (unsigned char)text[i] > ' '
				  ? base64_decode_single(&ctx, &out[have], text[i])
				  : -1;
		if (got < 0)
			break;
		have += (size_t)got;
	}
	return have;
}
