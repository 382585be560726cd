#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The sample fleet of 40 machines, of which one hangs: what became of each is told by the
# recipe, samples/fleethives.c and samples/incident.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/sweep.shlib
. "$srcdir/tests/help/sweep.shlib"
need parallel

mkdir "$tmp/w"
cd "$tmp/w" || exit 99
ln -s "${SAMPLES_DIR:?is set by make check}/fleet/before" "$SAMPLES_DIR/fleet/after" .
# WS39 hangs: what runs it sleeps instead.
cat >stand-in <<END
#!/bin/sh
case "\$*" in
*/units/WS39*) exec sleep 1000 ;;
esac
exec '$WMSDIFF' "\$@"
END
chmod +x stand-in
status 0 'a plan of the fleet' "$sweep" plan before after -o plan
is "$(grep -c '^[EW]' plan)" 40 'of 40 machines'
status 2 'a sweep of it' "$sweep" run plan --output-dir out --time-limit 20 --wmsdiff ./stand-in
is "$(tail -n 1 "$tmp/out")" \
	'40 units: 38 compared (something is lost in 14), 1 incomplete, 1 failed, 0 left' 'the sum'
is "$(sweep_outcomes out | tr ' ' '\n' | grep -v =compared | tr '\n' ' ')" \
	'WS33=incomplete WS39=timed_out ' 'the one that is damaged, and the one that hangs'

# lost: MACHINE PROFILE MOMENT CERTAINTY of all that is gone
for table in out/units/*/findings.csv; do
	machine=${table%/findings.csv}
	awk -F , -v machine="${machine##*/}" \
		'$4 == "deleted" { print machine, $3, substr($7, 1, 19), $9 }' "$table"
done >lost
is "$(grep -c '^EX01' lost)" 7 'the server lost seven'
grep -q '^EX01.*2003-03-18T09:14:07' lost
is $? 0 'at the moment of the incident'
{
	for i in 0 1 2 3 4 5 6 7 8 9 10; do
		for profile in Archive Outlook; do
			printf 'WS%02d %s 2003-03-18T09:%02d:%02d confirmed\n' $((i + 5)) $profile \
				$((14 + i * 20 / 60)) $((i * 20 % 60))
		done
	done
	echo 'WS20 Archive 2003-03-18T13:02:11 confirmed'
	echo 'WS30 Outlook 2003-03-19T10:40:52 confirmed'
} >expected
ok 'eleven in one event, and two by themselves' sh -c 'grep -v -e ^EX01 -e ^WS33 lost |
	sort | diff expected -'
done_testing
