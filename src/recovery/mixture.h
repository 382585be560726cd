/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recovered profiles that hold the remnants of more than one. */
#ifndef RECOVERY_MIXTURE_H
#define RECOVERY_MIXTURE_H

#include "regf/recover/recovered.h"

/* True if what was put below the recovered key cannot all have been there at one time. */
bool mixture_is(const struct recovered_keys *recovered, const struct key *profile);

/* True if something below the key was written after the end that its record shows. */
bool mixture_has_later(const struct recovered_keys *recovered, const struct key *profile);

#endif
