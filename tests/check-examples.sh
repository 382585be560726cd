#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands under EXAMPLES in wmsdiff(1) run as they stand there, on the samples.
# shellcheck source=tests/lib.sh
. "${srcdir:?is set by make check}/tests/lib.sh"

need xmllint sha256sum
samples=${SAMPLES_DIR:?is set by make check}

# The folders and files of which the manual speaks.
work=$tmp/work
mkdir -p "$work/bin" "$work/before" "$work/after"
ln -s "$WMSDIFF" "$work/bin/wmsdiff"
cp "${SCHEMA_DIR:?is set by make check}"/*.xsd "$work"
for state in before after; do
	cp "$samples/outlook-$state.NTUSER.DAT" "$work/$state/NTUSER.DAT"
	cp "$samples/exchange2000-$state.DEFAULT" "$work/$state/DEFAULT"
done
mkdir "$work/monday" "$work/tuesday" "$work/wednesday" "$work/disk" "$work/copy"
cp "$work/before/DEFAULT" "$work/monday"
cp "$work/before/DEFAULT" "$work/tuesday"
cp "$work/after/DEFAULT" "$work/wednesday"
for end in '' .LOG1 .LOG2; do
	cp "$samples/outlook2016log-after.NTUSER.DAT$end" "$work/disk/NTUSER.DAT$end"
done
cp "$work/disk/NTUSER.DAT" "$work/copy"

# One command in a file: "$ " begins it, "> " or a backslash at the end goes on with it.
awk -v folder="$tmp/command" '
	/^\.Sh / { inside = $0 == ".Sh EXAMPLES" }
	!inside || /^\./ { open = 0; next }
	{ gsub(/\\e/, "\\") }
	/^\$ / { file = sprintf("%s%02d", folder, ++n); open = 1 }
	open { sub(/^[$>] /, ""); print >file }
' "$srcdir/doc/wmsdiff.1"

ok 'there are examples' test -s "$tmp/command01"
for command in "$tmp"/command*; do
	name=$(head -n 1 "$command")
	ended=0
	(cd "$work" && PATH=$work/bin:$PATH exec sh -eu "$command") \
		>"$tmp/out" 2>"$tmp/err" </dev/null || ended=$?
	# 1: a profile is gone, as it should be.  Trouble has more, or a message.
	if [ "$ended" -le 1 ] && ! grep -q '^wmsdiff: ' "$tmp/err"; then
		tap ok "$name"
	else
		tap 'not ok' "$name"
		note "$(cat "$command")" "status $ended" "$(cat "$tmp/out" "$tmp/err")"
	fi
done
done_testing
