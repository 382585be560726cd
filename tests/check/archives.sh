#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Archives that other programs make: what is found in them, and that the bytes are those
# that were packed.  And archives of the tests' own packer, judged by other programs.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

list=$builddir/tests/help/list-finds
hive=$SAMPLES_DIR/exchange2000-before.DEFAULT
[ -n "$(sed -n '/define HAVE_LIBARCHIVE/p' "$builddir/config.h")" ] ||
	skip_all 'archives are not read'

# has TOOL N: whether it is there; if not, N results are skipped
has() {
	command -v "$1" >/dev/null || {
		skip "$2" "there is no $1"
		return 1
	}
}

# What an engineer would pack: of two users and the machine.
c=$tmp/collection
mkdir -p "$c/C/Users/jdoe/Desktop" "$c/C/Users/Zoë Müller" "$c/C/Windows/System32/config" \
	"$tmp/bytes"
cp "$hive" "$c/C/Users/jdoe/NTUSER.DAT"
cp "$SAMPLES_DIR/exchange2000-after.DEFAULT" "$c/C/Users/Zoë Müller/ntuser.dat"
cp "$SAMPLES_DIR/exchange2000-SYSTEM" "$c/C/Windows/System32/config/SYSTEM"
cp "$SAMPLES_DIR/exchange2000-Application.evt" "$c/C/Windows/System32/config/AppEvent.Evt"
cp "$SAMPLES_DIR/exchange2000-mapi32.dll" "$c/C/Windows/System32/renamed.bin"
cp "$SAMPLES_DIR/exchange2000-tlist-m.txt" "$c/tlist.txt"
echo hello >"$c/C/Users/jdoe/Desktop/notes.txt"

size() { wc -c <"$1"; }
expected="$(
	cat <<END
item event_log live - $(size "$c/C/Windows/System32/config/AppEvent.Evt") C/Windows/System32/config/AppEvent.Evt
item hive live - $(size "$c/C/Windows/System32/config/SYSTEM") C/Windows/System32/config/SYSTEM
item hive live Zoë Müller $(size "$c/C/Users/Zoë Müller/ntuser.dat") C/Users/Zoë Müller/ntuser.dat
item hive live jdoe $(size "$c/C/Users/jdoe/NTUSER.DAT") C/Users/jdoe/NTUSER.DAT
item listing unknown - $(size "$c/tlist.txt") tlist.txt
item mapi32 unknown - $(size "$c/C/Windows/System32/renamed.bin") C/Windows/System32/renamed.bin
END
)"
sums=$(find "$c" -type f ! -name notes.txt -exec sha256sum {} + | cut -d' ' -f1 | sort)

# finds_all NAME OPERAND: all of it is found there, with its bytes
finds_all() {
	rm -f "$tmp"/bytes/*
	"$list" -o "$tmp/bytes" "$2" >"$tmp/list" 2>&1
	is "$(LC_ALL=C sort "$tmp/list")" "$expected" "$1: all is found"
	is "$(sha256sum "$tmp"/bytes/* | cut -d' ' -f1 | sort)" "$sums" "$1: the bytes are the same"
}

# says NAME OPERAND TEXT: what is said of it has the text
says() {
	"$list" "$2" >"$tmp/list" 2>&1
	ok "$1" grep -q -e "$3" "$tmp/list"
}

finds_all 'a folder' "$c"
if has zip 4; then
	(cd "$c" && zip -q -r "$tmp/c.zip" .)
	finds_all 'zip' "$tmp/c.zip"
	(cd "$c" && zip -q -r -0 "$tmp/stored.zip" .)
	finds_all 'zip, stored' "$tmp/stored.zip"
fi
if has zip 3; then
	(cd "$c" && zip -q -r -P secret "$tmp/secret.zip" .)
	says 'an encrypted zip is said to be' "$tmp/secret.zip" \
		'^said member_encrypted .* 7 members encrypted: unpack'
	ok 'its hives are known to be there' grep -q '^item unread live jdoe .*NTUSER.DAT$' \
		"$tmp/list"
	mkdir "$tmp/outer"
	(cd "$tmp/outer" && cp ../c.zip C.zip && zip -q -r "$tmp/outer.zip" .)
	says 'a zip in a zip is said to be' "$tmp/outer.zip" \
		'^said left_out .*/C.zip$'
	rm -r "$tmp/outer"
fi
if has 7z 3; then
	(cd "$c" && 7z a -bd -y "$tmp/c.7z" . >"$tmp/7z.log" 2>&1)
	finds_all '7z' "$tmp/c.7z"
	(cd "$c" && 7z a -bd -y -psecret -mhe=on "$tmp/secret.7z" . >"$tmp/7z.log" 2>&1)
	says 'a 7z with encrypted names is said to be' "$tmp/secret.7z" \
		'^said member_encrypted '
fi
(cd "$c" && tar cf "$tmp/c.tar" -- *)
finds_all 'tar' "$tmp/c.tar"
for tool in gzip bzip2 xz zstd lz4; do
	has $tool 5 || continue
	$tool -q -c "$tmp/c.tar" >"$tmp/c.tar.x"
	finds_all "tar, $tool" "$tmp/c.tar.x"
	$tool -q -c "$hive" >"$tmp/NTUSER.DAT.x"
	rm -f "$tmp"/bytes/*
	"$list" -o "$tmp/bytes" "$tmp/NTUSER.DAT.x" >"$tmp/list" 2>&1
	is "$(cut -d' ' -f1-3 "$tmp/list")" 'item hive unknown' "one hive, $tool: it is found"
	ok "one hive, $tool: the bytes are the same" cmp "$tmp/bytes/0" "$hive"
	# a byte in the middle of it is another one
	size=$(size "$tmp/c.tar.x")
	{
		head -c $((size / 2)) "$tmp/c.tar.x"
		printf '\125'
		tail -c +$((size / 2 + 2)) "$tmp/c.tar.x"
	} >"$tmp/damaged"
	cmp -s "$tmp/damaged" "$tmp/c.tar.x" && printf 'x' >>"$tmp/damaged"
	says "tar, $tool, damaged: it is said" "$tmp/damaged" '^said \(archive\|member\)_damaged '
done
# A hole at the end of a file has no bytes in the archive.
if has bsdtar 1; then
	mkdir "$tmp/sparse"
	cp "$hive" "$tmp/sparse/NTUSER.DAT"
	truncate -s +1M "$tmp/sparse/NTUSER.DAT"
	bsdtar --format pax -C "$tmp/sparse" -cf "$tmp/sparse.tar" NTUSER.DAT
	rm -f "$tmp"/bytes/*
	"$list" -o "$tmp/bytes" "$tmp/sparse.tar" >"$tmp/list" 2>&1
	ok 'a sparse hive: the bytes are the same' cmp "$tmp/bytes/0" "$tmp/sparse/NTUSER.DAT"
fi
done_testing
