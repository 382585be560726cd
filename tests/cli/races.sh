#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Evidence and outputs that change their places while the program runs, and a hive that is
# written to while it is read: no byte of evidence is lost, and no report is of two times.
# RACES: how many runs of each.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need cmp dd ln mv sed
runs=${RACES:-200}
before=$SAMPLES_DIR/exchange2000-before.DEFAULT
after=$SAMPLES_DIR/exchange2000-after.DEFAULT

# stop: ends the other side of a race
stop() {
	kill "$racer"
	wait "$racer" 2>"$tmp/gone" || :
}

# ---- evidence comes under the name of the output ----

cp "$after" "$tmp/hive"
# A link to the hive that is read, symbolic as another hard one would change its times, and
# a hive that nobody reads.
cp "$before" "$tmp/unread"
(
	trap 'exit 0' TERM
	while :; do
		ln -sf hive "$tmp/report.xml"
		rm -f "$tmp/report.xml"
		ln -f "$tmp/unread" "$tmp/report.xml"
		rm -f "$tmp/report.xml"
	done
) 2>"$tmp/racer.err" &
racer=$!
i=0 refused=0 lost=0 other=0
while [ "$i" -lt "$runs" ]; do
	code=0
	"$WMSDIFF" -q -o "$tmp/report.xml" "$before" "$tmp/hive" >"$tmp/out" 2>"$tmp/err" ||
		code=$?
	if [ "$code" -eq 2 ] && grep -q 'is evidence' "$tmp/err"; then
		refused=$((refused + 1))
	elif [ "$code" -ne 1 ]; then
		note "$(cat "$tmp/err")"
		other=$((other + 1))
	fi
	cmp -s "$after" "$tmp/hive" && cmp -s "$before" "$tmp/unread" || lost=$((lost + 1))
	i=$((i + 1))
done
stop
note "$runs runs, $refused of them refused"
is "$lost" 0 'evidence is as it was after each run'
is "$other" 0 'a run makes its report or says that evidence stands there'
is "$(find "$tmp" -name '.wmsdiff-*')" '' 'nothing is left behind'

# ---- a hive is written to while it is read ----

# Two states of one hive, of the same size: one page at the end is another.
cp "$after" "$tmp/one"
cp "$after" "$tmp/two"
size=$(wc -c <"$tmp/two")
printf 'another state' | dd of="$tmp/two" bs=1 seek=$((size - 64)) conv=notrunc 2>"$tmp/dd"
printf 'another' | dd of="$tmp/two" bs=1 seek=508 conv=notrunc 2>"$tmp/dd"
one=$(sha256sum <"$tmp/one" | cut -d ' ' -f 1)
two=$(sha256sum <"$tmp/two" | cut -d ' ' -f 1)
cp "$tmp/one" "$tmp/live"
(
	trap 'exit 0' TERM
	while :; do
		dd if="$tmp/two" of="$tmp/live" bs=1M conv=notrunc
		dd if="$tmp/one" of="$tmp/live" bs=1M conv=notrunc
	done
) 2>"$tmp/racer.err" &
racer=$!
i=0 refused=0 mixed=0 other=0
while [ "$i" -lt "$runs" ]; do
	code=0
	"$WMSDIFF" -q -o "$tmp/live.xml" "$before" "$tmp/live" >"$tmp/out" 2>"$tmp/err" ||
		code=$?
	if grep -q 'live: changed while it was read: make a copy of it' "$tmp/err"; then
		[ "$code" -eq 2 ] || other=$((other + 1))
		refused=$((refused + 1))
	elif [ "$code" -gt 2 ]; then
		other=$((other + 1))
	elif ! grep -q -e "$one" -e "$two" "$tmp/live.xml"; then
		mixed=$((mixed + 1))
	fi
	rm -f "$tmp/live.xml"
	i=$((i + 1))
done
stop
note "$runs runs, $refused of them refused"
is "$mixed" 0 'no report is of a hive that never was'
is "$other" 0 'a hive that changes is refused with what to do'
cp "$tmp/one" "$tmp/live"
status 1 'once it stands still it is compared' "$WMSDIFF" -q "$before" "$tmp/live"
done_testing
