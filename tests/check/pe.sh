#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Lets other readers of the format judge the sample's Mapi32.dll: file, objdump,
# llvm-readobj. One that is not installed is skipped.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

dll=$tmp/mapi32.dll

# has TOOL N: whether it is there; if not, N results are skipped
has() {
	command -v "$1" >/dev/null || {
		skip "$2" "there is no $1"
		return 1
	}
}

# words FILE: its lines with one blank between words and none around them
words() {
	sed 's/[[:blank:]][[:blank:]]*/ /g; s/^ //; s/ $//' "$1"
}

# line BEGIN: the rest of the first line of $tmp/dump that begins with these words
line() {
	words "$tmp/dump" | sed -n "s|^$1 *||p" | head -n 1
}

ok 'exchange2000dll writes a library' "$SAMPLES_DIR/exchange2000dll" "$dll"
"$SAMPLES_DIR/exchange2000dll" "$tmp/again"
ok 'it writes the same again' cmp "$dll" "$tmp/again"
ok 'it is the sample' cmp "$dll" "$SAMPLES_DIR/exchange2000-mapi32.dll"
status 1 'it wants an operand' "$SAMPLES_DIR/exchange2000dll"
ok 'its size is not that of the fixed file' test "$(wc -c <"$dll")" -ne 745472

if has file 1; then
	case $(file -b "$dll") in
	'PE32 executable '*'(DLL)'*'Intel '*386*) tap ok 'file: a library for i386' ;;
	*)
		tap 'not ok' 'file: a library for i386'
		note "$(file -b "$dll")"
		;;
	esac
fi

# An objdump may be built for other formats only.
if has objdump 6 && { objdump -i | grep -q pei-i386 || {
	skip 6 'objdump does not know PE images'
	false
}; }; then
	ok 'objdump reads it' objdump -p "$dll"
	mv "$tmp/out" "$tmp/dump"
	is "$(line Time/Date)" 'Fri Jun 14 02:10:33 2002' 'objdump: when it was linked'
	is "$(line Magic)" '010b (PE32)' 'objdump: 32 bit'
	is "$(grep -c -E '\] MAPI(Initialize|LogonEx)$' "$tmp/dump")" 2 \
		'objdump: it exports MAPIInitialize and MAPILogonEx'
	is "$(grep -c GetOutlookVersion "$tmp/dump")" 0 \
		'objdump: it does not export GetOutlookVersion'
	# Signature, version of the structure, and 6.0.6249.0 in two numbers of 32 bits.
	address=$(words "$tmp/dump" | sed -n '/ID: 0x000010,/,$s/^[^ ]* Leaf: Addr: 0x\([0-9a-f]*\),.*/\1/p')
	section=$(objdump -h "$dll" | awk '$2 == ".rsrc" { print $4, $6 }')
	base=$(line ImageBase)
	at=$((0x$address + 0x$base - 0x${section% *} + 0x${section#* }))
	is "$(od -An -v -tx1 -j "$((at + 40))" -N 16 "$dll" | tr -d ' \n')" \
		bd04effe000001000000060000006918 'objdump: the file version'
fi

if has llvm-readobj 2; then
	ok 'llvm-readobj reads it' llvm-readobj --file-headers --coff-exports \
		--coff-resources "$dll"
	words "$tmp/out" >"$tmp/dump"
	is "$(grep -c -E '^(Machine: IMAGE_FILE_MACHINE_I386 \(0x14C\)|TimeDateStamp: 2002-06-14 02:10:33 \(0x3D095099\)|Type: VERSIONINFO \(ID 16\) \[|Name: MAPIInitialize)$' \
		"$tmp/dump")" 4 'llvm-readobj: machine, time, version resource, an export'
fi
done_testing
