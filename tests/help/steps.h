/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steps of the program, counted: what a test may say of its work, whatever the machine.
 * A test that uses them links tests/libcounted.a before the program's own library.  Its
 * objects count each block of code that is run, by -fsanitize-coverage=trace-pc (GCC's and
 * Clang's manuals), so loops of the C library do not count.
 */
#ifndef TESTS_HELP_STEPS_H
#define TESTS_HELP_STEPS_H

#include <stdint.h>

/* Blocks of counted code that were run up to now. */
uint64_t steps_now(void);

/*
 * Fails the test unless some steps were counted, and at most `most` for each of the bytes
 * that were given to the program.  A compiler that optimizes less counts up to three times
 * as many as another one.
 */
void steps_assert_few(const char *what, uint64_t taken, uint64_t bytes, uint64_t most);

#endif
