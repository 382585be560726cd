#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A profile as today's Outlook stores it, with what Office keeps beside it: what somebody
# needs to make it anew is named in the report, and no secret is in any output.  What is
# expected is told by how the hive was made: tests/help/today-hive.c.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
# shellcheck source=tests/help/xpath.shlib
. "$srcdir/tests/help/xpath.shlib"
need xmllint
schema=${SCHEMA_DIR:?is set by make check}/report.xsd

ok 'the hives are made' "$builddir/tests/help/today-hive" "$tmp/before" "$tmp/after"

# ---- one hive ----

status 0 'one hive' "$WMSDIFF" --full --key "\\" -o "$tmp/one.xml" --html "$tmp/one.html" \
	--timeline "$tmp/one.jsonl" "$tmp/before"
cp "$tmp/out" "$tmp/one.txt"
ok 'the report is valid' xmllint --nonet --noout --schema "$schema" "$tmp/one.xml"
load "$tmp/one.xml"

# of NAME XPATH VALUE
of() {
	is "$(query "$2")" "$3" "$1"
}
exchange='//exchange[@kind="primary"]'
of 'the mailbox' "$exchange/@mailbox" 'ada@example.com'
of 'its server' "$exchange/@server" '0f1e@example.com'
of 'its offline file' "$exchange/@ost" 'C:\ost\ada@example.com.ost'
of 'cached mode' "$exchange/@cached" 1
of 'with shared folders' "$exchange/@cached_shared" 1
of 'months' "$exchange/@months" 12
of 'autodiscover' "$exchange/@autodiscover" 'https://autodiscover.example.com/x.xml'
of 'MAPI over HTTP' "$exchange/@mailbox_outside" 'https://outlook.example.com/mapi/emsmdb'
of 'an organization' "$exchange/@consumer" 0
of 'a mailbox beside it' '//exchange[@kind="delegate"]/@smtp_address' 'sales@example.com'
of 'the IMAP server' '//server[@protocol="imap"]/@host' 'imap.example.org'
of 'its port' '//server[@protocol="imap"]/@port' 993
of 'its encryption' '//server[@protocol="imap"]/@encryption' ssl
of 'the SMTP server' '//server[@protocol="smtp"]/@encryption' starttls
is "$(count '//server[@protocol="smtp"]/@port')" 0 'whose port is not told'
of 'the build' '//client/@version' '16.0.5266'
of 'that the set-up names too' '//client/@setup' agrees
of 'the machine' '//client/@machine' agrees
of 'a time' '//noted_time/@time' '2024-05-06T07:08:00.0000000Z'
of 'a file that is there' '//file[@kind="pst"]/@attached' 1
of 'one that was detached' '//named_file[@attached="0"]/@path' 'D:\old\detached.pst'
is "$(count '//named_file[@attached="0"]')" 1 'and no other'
of 'three accounts were numbered' '//account_numbers/@next' 4
of 'one is gone' '//account_numbers/@gone' 1
of 'which' '//gone_account/@id' 00000003
of 'data files of search' '//data_file[@in_profile="0"]/@path' 'E:\elsewhere.pst'
is "$(count '//data_file[@in_profile="1"]')" 1 'one is in a profile'
of 'who was signed in' '//identity[@name="SignInName"]/@value' 'ada@example.com'
is "$(count '//identity[@value]')" 1 'all else is held back'
is "$(count '//identity[@bytes]')" 3 'with its length'
of 'where autodiscover may go' '//redirect/@host' 'autodiscover-s.example.com'
of 'the profile that was opened' '//boot[@names_profile]/@value' Outlook
is "$(count '//boot')" 1 'a cookie is no boot diagnostics'
is "$(count '//tags[@unnamed > 0]')" 1 'tags without a name are counted'
is "$(grep -c '"kind":"noted"' "$tmp/one.jsonl")" 1 'the time is in the timeline'
ok 'the summary names the server' grep -q 'imap imap.example.org, port 993' "$tmp/one.txt"
ok 'and the file that was detached' grep -q 'detached.pst, no longer attached (inferred)' \
	"$tmp/one.txt"
ok 'the page too' grep -q 'detached.pst' "$tmp/one.html"

# ---- what was lost ----

status 1 'the profile is gone' "$WMSDIFF" --full --key "\\" -o "$tmp/two.xml" \
	--html "$tmp/two.html" --timeline "$tmp/two.csv" "$tmp/before" "$tmp/after"
cp "$tmp/out" "$tmp/two.txt"
ok 'the report is valid' xmllint --nonet --noout --schema "$schema" "$tmp/two.xml"
ok 'the summary names its mailbox' grep -q 'mailbox ada@example.com' "$tmp/two.txt"

# A deleted profile by itself: what lies in freed cells may lack something.
status 1 'a hive with a deleted profile' "$WMSDIFF" --full --key "\\" -o "$tmp/gone.xml" \
	--html "$tmp/gone.html" "$tmp/after"
cp "$tmp/out" "$tmp/gone.txt"
ok 'the report is valid' xmllint --nonet --noout --schema "$schema" "$tmp/gone.xml"
load "$tmp/gone.xml"
is "$(count '//recovered/profile/account_numbers')" 1 'it is recovered'
is "$(count '//recovered/profile/account_numbers/@gone')" 0 'but tells of no account that is gone'
is "$(count '//recovered//named_file[@attached="0"]')" 0 'nor of a detached file'

# ---- secrets ----

# As text of 8 and 16 bits, in hex of both, and in base64 of both; tokens by their head.
for file in "$tmp"/one.* "$tmp"/two.* "$tmp"/gone.*; do
	is "$(LC_ALL=C tr -d '\000' <"$file" |
		grep -cE 'nevershown|6e657665|6e0065007600|bmV2ZXJza|bgBlAHYAZQ|ZXlKMGVY|ZQB5AEoA|eyJ0eX')" \
		0 "no secret in ${file##*/}"
done
ok 'secrets are told of' grep -q 'redacted="1"' "$tmp/one.xml"
done_testing
