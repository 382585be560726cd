/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SANITIZED is defined where a sanitizer has put an allocator of its own into the program:
 * gcc says so by a macro, clang by __has_feature().
 */
#ifndef TESTS_HELP_SANITIZED_H
#define TESTS_HELP_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif

#endif
