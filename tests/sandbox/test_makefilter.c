/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows that the program makes, of this architecture and others, are run as the kernel
 * would (Documentation/networking/filter.rst, what seccomp takes of it): numbers of calls
 * are those of the kernel's tables.
 */
#include "help/unit.h"

#include "base/compiler.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_ROWS 4096
#define MAX_STEPS MAX_ROWS

/* Flags that the C library makes a thread with: VM to THREAD, SETTLS, TIDs. */
#define THREAD_FLAGS 0x3d0f00
#define PROCESS_FLAGS 17 /* SIGCHLD: fork() */
#define DENIED (SECCOMP_RET_ERRNO | ENOSYS)
#define KILLED SECCOMP_RET_KILL_PROCESS
#define ALLOWED SECCOMP_RET_ALLOW

struct rows {
	struct sock_filter items[MAX_ROWS];
	size_t n;
};

/* ---- the rows ---- */

static bool make(const char *architecture, struct rows *rows)
{
	const char *folder = getenv("builddir");
	char command[4200];
	unsigned code, yes, no, k;

	rows->n = 0;
	(void)snprintf(command, sizeof(command), "'%s/src/sandbox/makefilter' %s 2>&1",
		       folder ? folder : ".", architecture);
	FILE *made = popen(command, "r");
	assert_non_null(made);
	while (rows->n < MAX_ROWS &&
	       fscanf(made, " { %x , %u , %u , %x } ,", &code, &yes, &no, &k) == 4)
		rows->items[rows->n++] =
			(struct sock_filter){ (uint16_t)code, (uint8_t)yes, (uint8_t)no,
					      k };
	return pclose(made) == 0 && rows->n > 0;
}

/* 32 bits of what the kernel shows a filter; the half of an argument that comes first. */
static uint32_t word_of(const struct seccomp_data *data, uint32_t off, bool little)
{
	if (off == offsetof(struct seccomp_data, nr))
		return (uint32_t)data->nr;
	if (off == offsetof(struct seccomp_data, arch))
		return data->arch;
	size_t at = off - offsetof(struct seccomp_data, args);
	assert_true(at < sizeof(data->args));
	bool low = (at % 8 == 0) == little;
	return (uint32_t)(low ? data->args[at / 8] : data->args[at / 8] >> 32);
}

static bool jumps(const struct sock_filter *row, uint32_t a)
{
	switch (BPF_OP(row->code)) {
	case BPF_JEQ:
		return a == row->k;
	case BPF_JGT:
		return a > row->k;
	case BPF_JGE:
		return a >= row->k;
	case BPF_JSET:
		return (a & row->k) != 0;
	default:
		fail_msg("jump %#x", row->code);
		return false;
	}
}

/* What the filter says of a call. */
static uint32_t verdict(const struct rows *rows, const struct seccomp_data *data,
			bool little)
{
	uint32_t a = 0;
	size_t at = 0;

	for (size_t step = 0; step < MAX_STEPS; step++, at++) {
		assert_true(at < rows->n);
		const struct sock_filter *row = &rows->items[at];
		switch (BPF_CLASS(row->code)) {
		case BPF_LD:
			a = word_of(data, row->k, little);
			break;
		case BPF_ALU:
			assert_int_equal(row->code, BPF_ALU | BPF_AND | BPF_K);
			a &= row->k;
			break;
		case BPF_JMP:
			at += BPF_OP(row->code) == BPF_JA ? row->k
			      : jumps(row, a)		  ? row->jt
							  : row->jf;
			break;
		case BPF_RET:
			return row->k;
		default:
			fail_msg("row %#x", row->code);
		}
	}
	fail_msg("a filter without an end");
	return 0;
}

/* ---- what they say ---- */

/* Numbers of calls; -1 where there is none. */
struct numbers {
	const char *name;
	uint32_t architecture;
	bool little;
	int read, execve, clone, mprotect, ioctl, fcntl, socket, utimensat;
	unsigned flags; /* which argument of clone() */
};

static const struct numbers known[] = {
	{ "x86_64", 0xc000003e, true, 0, 59, 56, 10, 16, 72, 41, 280, 0 },
	{ "i686", 0x40000003, true, 3, 11, 120, 125, 54, 221, 359, 320, 0 },
	{ "aarch64", 0xc00000b7, true, 63, 221, 220, 226, 29, 25, 198, 88, 0 },
	{ "arm", 0x40000028, true, 3, 11, 120, 125, 54, 221, 281, 348, 0 },
	{ "riscv64", 0xc00000f3, true, 63, 221, 220, 226, 29, 25, 198, 88, 0 },
	{ "s390x", 0x80000016, false, 3, 11, 120, 125, 54, 55, 359, 315, 1 },
};

static struct rows rows;

static uint32_t says(const struct numbers *of, int call, unsigned argument,
		     uint64_t value)
{
	struct seccomp_data data = { .nr = call, .arch = of->architecture };

	data.args[argument] = value;
	return verdict(&rows, &data, of->little);
}

static void check(const struct numbers *of)
{
	struct numbers other = *of;

	assert_int_equal(says(of, of->read, 0, 0), ALLOWED);
	assert_int_equal(says(of, of->execve, 0, 0), KILLED);
	assert_int_equal(says(of, of->socket, 0, 0), KILLED);
	assert_int_equal(says(of, of->utimensat, 0, 0), DENIED);
	assert_int_equal(says(of, 100000, 0, 0), DENIED);
	/* threads, processes, namespaces */
	assert_int_equal(says(of, of->clone, of->flags, THREAD_FLAGS), ALLOWED);
	assert_int_equal(says(of, of->clone, of->flags, PROCESS_FLAGS), KILLED);
	assert_int_equal(says(of, of->clone, of->flags, THREAD_FLAGS | CLONE_NEWNET),
			 DENIED);
	/* memory with code */
	assert_int_equal(says(of, of->mprotect, 2, 3), ALLOWED);
	assert_int_equal(says(of, of->mprotect, 2, 5), DENIED);
	/* TCGETS and TIOCSTI, F_SETLK and F_SETOWN */
	assert_int_equal(says(of, of->ioctl, 1, 0x5401), ALLOWED);
	assert_int_equal(says(of, of->ioctl, 1, 0x5412), DENIED);
	assert_int_equal(says(of, of->fcntl, 1, 6), ALLOWED);
	assert_int_equal(says(of, of->fcntl, 1, 8), DENIED);
	other.architecture = 0;
	assert_int_equal(says(&other, of->read, 0, 0), SECCOMP_RET_KILL_THREAD);
}

static void test_architectures(void **state)
{
	(void)state;
	if (!make("", &rows))
		UNIT_SKIP("built without libseccomp, or for another machine");
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		assert_true(make(known[i].name, &rows));
		check(&known[i]);
	}
}

/* Of x86 with 64 bits: numbers of its third kind of calls are those of another architecture. */
static void test_x32(void **state)
{
	const struct numbers *x86_64 = &known[0];

	(void)state;
	if (!make(x86_64->name, &rows))
		UNIT_SKIP("built without libseccomp, or for another machine");
	assert_int_equal(says(x86_64, 0x40000000 | x86_64->read, 0, 0),
			 SECCOMP_RET_KILL_THREAD);
}

static void test_unknown(void **state)
{
	(void)state;
	if (!make("", &rows))
		UNIT_SKIP("built without libseccomp, or for another machine");
	assert_false(make("pdp11", &rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_architectures),
		cmocka_unit_test(test_x32),
		cmocka_unit_test(test_unknown),
	};

	return UNIT_RUN(tests);
}
