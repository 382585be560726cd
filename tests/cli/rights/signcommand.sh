#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The words of --sign-with, as a program that tells them gets them, and which program is run:
# never one that lies where the run can write.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"

before=$SAMPLES_DIR/outlook-before.NTUSER.DAT
mkdir -p "$tmp/w/tools/deep" "$tmp/w/o"
cd "$tmp/w" || exit 99
cat >tools/words <<'END'
#!/bin/sh
for word; do
	printf '<%s>' "$word"
done >"$(dirname "$0")/got"
END
chmod +x tools/words
cp tools/words 'tools/deep/two words'

# run COMMAND: the hive alone, whose manifest is o/M
run() {
	"$WMSDIFF" -q -o o/r.xml --manifest o/M --sign-with "$1" "$before"
}

# words COMMAND EXPECTED NAME: it gets these words
words() {
	rm -f tools/got
	status 0 "$3" run "$1"
	is "$(cat tools/got)" "$2" "$3: these words"
}

words tools/words '<o/M>' 'none but the manifest'
words ' tools/words	a  b ' '<a><b><o/M>' 'parted by blanks'
words "tools/words 'a  b' \"c 'd\" e\\ f g\"h\"'i'" "<a  b><c 'd><e f><ghi><o/M>" 'quoted'
words "tools/words '' \"\"" '<><><o/M>' 'empty'
words "tools/words 'a\\b' \"c\\\"d\" e\\\\f" '<a\b><c"d><e\f><o/M>' 'backslashes'
# shellcheck disable=SC2016 # nobody expands it
words 'tools/words $HOME $(id) `id` ; | & > * ~ #' \
	'<$HOME><$(id)><`id`><;><|><&><>><*><~><#><o/M>' 'nothing is put in place of anything'
rm -f tools/deep/got
status 0 'a program with a blank' run "'tools/deep/two words' x"
is "$(cat tools/deep/got)" '<x><o/M>' 'is run'
cd o || exit 99
status 0 'a manifest that looks like an option' "$WMSDIFF" -q -o r.xml --manifest -M \
	--sign-with ../tools/words "$before"
cd .. || exit 99
is "$(cat tools/got)" '<./-M>' 'is a path to the program'
(PATH=$tmp/w/tools:$PATH && export PATH && run words)
is "$(cat tools/got)" '<o/M>' 'a program is found by PATH'

# refused NAME REGEX COMMAND
refused() {
	rm -f tools/got o/M
	status 2 "$1" run "$3"
	is "$(grep -c "^wmsdiff: --sign-with.*$2" "$tmp/err")" 1 "$1: why"
	is "$(ls tools/got o/M 2>/dev/null)" '' "$1: nothing was done"
}

refused 'no program' 'takes a command' ''
refused 'blanks alone' 'names no program' '  '
refused 'an empty name' 'names no program' "'' x"
refused 'an open quotation mark' 'no other' "tools/words 'a"
refused 'one that is not there' 'no such program' tools/none
refused 'one that is not found' 'no such program' wmsdiff-none-such
refused 'a folder' 'no such program' ./tools
refused 'a file that is no program' 'no such program' "$before"
cp tools/words o/words
ln -s ../o/words tools/link
ln -s ../tools/words o/link
mkdir o/deep
cp tools/words o/deep
refused 'one where outputs go' 'lies where outputs go' o/words
refused 'one below' 'lies where outputs go' o/deep/words
refused 'by a link' 'lies where outputs go' tools/link
words o/link '<o/M>' 'a link there is followed before evidence is read'
status 2 'where a folder is yet to be made' "$WMSDIFF" -q -o o/r.xml --manifest o/M \
	--restore tools/reg --sign-with tools/words "$before"
is "$(grep -c 'lies where outputs go' "$tmp/err")" 1 'for it is made there'
status 2 'without a manifest' "$WMSDIFF" -q -o o/r.xml --sign-with tools/words "$before"
is "$(grep -c 'name it with --manifest' "$tmp/err")" 1 'which is told'
done_testing
