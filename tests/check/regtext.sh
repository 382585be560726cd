#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# .reg exports that hivexregedit makes of whole hives hold the keys and values of the hive.
# It is told to write UTF-8; iconv makes the other encodings of that.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

need hivexregedit

# export HIVE REG: all of it, below HKEY_CURRENT_USER
export_hive() {
	PERL_UNICODE=O hivexregedit --export --prefix HKEY_CURRENT_USER "$1" "\\\\" \
		>"$2" 2>/dev/null
}

# same NAME HIVE REG
same() {
	ok "$1" "$builddir/tests/help/same-keys" "$2" "$3"
}

# utf16 MARK NAME REG OUT: with CR LF, as regedit writes it
utf16() {
	{
		printf '%b' "$1"
		sed 's/$/\r/' "$3" | iconv -f UTF-8 -t "$2"
	} >"$4"
}

# encodings NAME HIVE
encodings() {
	ok "$1: hivexregedit exports it" export_hive "$2" "$tmp/u8.reg"
	same "$1: UTF-8" "$2" "$tmp/u8.reg"
	utf16 '\0377\0376' UTF-16LE "$tmp/u8.reg" "$tmp/le.reg"
	same "$1: UTF-16LE" "$2" "$tmp/le.reg"
	utf16 '' UTF-16LE "$tmp/u8.reg" "$tmp/lone.reg"
	same "$1: UTF-16LE without a mark" "$2" "$tmp/lone.reg"
	utf16 '\0376\0377' UTF-16BE "$tmp/u8.reg" "$tmp/be.reg"
	same "$1: UTF-16BE" "$2" "$tmp/be.reg"
}

for hive in "$builddir"/samples/*.DEFAULT "$builddir"/samples/*.NTUSER.DAT; do
	encodings "${hive##*/}" "$hive"
done

# All names and types that the format can hold, written by the program itself.
ok 'the recipe is written' "$builddir/tests/help/regfile-all" "$tmp"
same 'own files: UTF-8' "$tmp/direct.hive" "$tmp/utf8.reg"
same 'own files: UTF-16' "$tmp/direct.hive" "$tmp/utf16.reg"
"$builddir/tests/help/same-keys" "$tmp/direct.hive" "$tmp/ansi.reg" >"$tmp/out" 2>&1
is "$?" 1 'own files: version 4 cannot hold all'

# A hive in which nothing is not told apart would prove nothing.
sed 's/=dword:00000001/=dword:00000002/' "$tmp/u8.reg" >"$tmp/other.reg"
printf '\n[HKEY_CURRENT_USER\\Software]\n"x"=dword:1\n' >>"$tmp/other.reg"
"$builddir/tests/help/same-keys" "$hive" "$tmp/other.reg" >"$tmp/out" 2>&1
is "$?" 1 'a value more is noticed'

if [ -d "${HIVES:-}/real" ]; then
	for hive in "$HIVES"/real/*; do
		case $hive in
		*.LOG*) continue ;;
		esac
		encodings "${hive##*/}" "$hive"
	done
else
	skip 1 'there are no real hives'
fi
done_testing
