/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words for what a rule rests on. */
#include "base/basis.h"

#include <string.h>

const char *basis_word(enum basis basis)
{
	switch (basis) {
	case BASIS_DOCUMENTED:
		return "documented";
	case BASIS_INFERRED:
		return "inferred";
	case BASIS_UNCONFIRMED:
		return "unconfirmed";
	}
	return "unconfirmed";
}

enum basis basis_of(const char *word)
{
	if (strcmp(word, "documented") == 0)
		return BASIS_DOCUMENTED;
	return strcmp(word, "inferred") == 0 ? BASIS_INFERRED : BASIS_UNCONFIRMED;
}
