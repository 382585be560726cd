# SPDX-License-Identifier: GPL-2.0-or-later
# Reads the bytes of a secret as hex, two digits each (od -An -v -tx1), and prints what
# any 12 of them in a row would look like in a report: hex, base64 and UTF-16.  A blob
# that Windows protects begins with a provider's GUID and carries its own description
# ("POP3 Password"): text that is no secret is left out.

function base64(from,    out, i, n)
{
	for (i = from; i < from + 12; i += 3) {
		n = (byte[i] * 256 + byte[i + 1]) * 256 + byte[i + 2]
		out = out substr(letters, int(n / 262144) + 1, 1) \
			substr(letters, int(n / 4096) % 64 + 1, 1) \
			substr(letters, int(n / 64) % 64 + 1, 1) substr(letters, n % 64 + 1, 1)
	}
	return out
}

# As UTF-8 of the UTF-16 that the bytes would be; "" if they are no text.
function wide(from,    out, i, u)
{
	for (i = from; i < from + 12; i += 2) {
		u = byte[i] + 256 * byte[i + 1]
		if (u < 32 || (u >= 55296 && u < 57344) || u >= 65534)
			return ""
		if (u < 128)
			out = out sprintf("%c", u)
		else if (u < 2048)
			out = out sprintf("%c%c", 192 + int(u / 64), 128 + u % 64)
		else
			out = out sprintf("%c%c%c", 224 + int(u / 4096),
					  128 + int(u / 64) % 64, 128 + u % 64)
	}
	return out
}

BEGIN {
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for (i = 0; i < 256; i++)
		value[sprintf("%02x", i)] = i
}

{
	for (i = 1; i <= NF; i++) {
		hex[n] = $i
		byte[n++] = value[$i]
	}
}

END {
	for (i = 0; i + 12 <= n; i++) {
		digits = ""
		for (k = i; k < i + 12; k++)
			digits = digits hex[k]
		# The description, its zero bytes in between.
		if (digits ~ /^(00)?([2-7][0-9a-f]00)+([2-7][0-9a-f])?$/)
			continue
		print digits
		print base64(i)
		text = wide(i)
		if (text != "")
			print text
	}
}
