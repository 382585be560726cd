#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --sign-with: who runs the signer, when and on what; what becomes of its exit status and of
# signals; what it says against those who would have it sign something else.
# shellcheck source=tests/help/lib.sh
. "${srcdir:?is set by make check}/tests/help/lib.sh"
need sha256sum mkfifo

before=$SAMPLES_DIR/outlook-before.NTUSER.DAT after=$SAMPLES_DIR/outlook-after.NTUSER.DAT
mkdir -p "$tmp/w/tools" "$tmp/w/o"
cd "$tmp/w" || exit 99

# signer: what stands on standard input becomes the signer
signer() {
	{
		echo '#!/bin/sh'
		cat
	} >tools/sign
	chmod +x tools/sign
}

# run ARGUMENT...
run() {
	"$WMSDIFF" -o o/r.xml --manifest o/M --sign-with "${sign_with:-tools/sign}" "$@" \
		"$before" "$after"
}

# said NUMBER REGEX NAME: so many lines of standard error
said() {
	is "$(grep -c "$2" "$tmp/err")" "$1" "$3"
}

# ---- what it does ----

signer <<'END'
echo "to standard output"
ls o >tools/seen
grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\t' >tools/rights
sha256sum <"$1" >"$1.sig"
END
status 1 'a signer' run
is "$(cat tools/seen)" "M
r.xml" 'it is run when all is written'
is "$(cat o/M.sig)" "$(sha256sum <o/M)" 'it signs the manifest'
is "$(paste -s -d ' ' tools/rights)" 'NoNewPrivs:0 Seccomp:0' 'it has all its rights'
said 1 '^to standard output$' 'what it says stands on standard error'
is "$(grep -c 'to standard output' "$tmp/out")" 0 'and not in standard output'
said 1 '^wmsdiff: --sign-with: tools/sign ended with exit status 0$' 'its exit status is told'
is "$(grep -c sign o/M)" 0 'the manifest does not list what it makes'
status 1 'quietly' run -q
said 0 '^wmsdiff' 'nothing is told'
status 0 'with another exit status' run -q --exit-zero
rm -f o/*
status 1 'nothing is signed unasked' "$WMSDIFF" -q -o o/r.xml --manifest o/M "$before" "$after"
is "$(ls o)" "M
r.xml" 'there is no signature'

signer <<'END'
exit 3
END
status 2 'one that fails' run -q
said 1 '^wmsdiff: --sign-with: tools/sign ended with exit status 3$' 'which is told'
ok 'the manifest is there' sh -c 'cd o && sha256sum --status --strict -c M'
signer <<'END'
kill -9 $$
END
status 2 'one that is killed' run -q
said 1 '^wmsdiff: --sign-with: tools/sign was ended by signal 9$' 'which is told'
printf 'no program' >tools/sign
status 2 'one that cannot be run' run -q
said 1 'tools/sign ended with exit status 127$' 'which is told'

# ---- what is not signed ----

signer <<'END'
echo signed >tools/was
END
rm -f tools/was
status 2 'a run that fails' "$WMSDIFF" -q -o o/r.xml --manifest o/M --sign-with tools/sign \
	"$before" none
is "$(ls tools/was 2>/dev/null)" '' 'signs nothing'
status 2 'an older manifest is there' "$WMSDIFF" -q -o none/r.xml --manifest o/M \
	--sign-with tools/sign "$before" "$after"
is "$(ls o/M tools/was 2>/dev/null)" o/M 'and is not signed'
signer <<'END'
echo more >>"$1"
END
status 2 'one that changes what it signs' run -q
said 1 '^wmsdiff: o/M: was changed while it was signed$' 'which is told'
signer <<'END'
mv "$1" "$1.old"
mkfifo "$1"
END
status 2 'one that puts a pipe in its place' run -q
said 1 '^wmsdiff: o/M: was changed while it was signed$' 'which nobody waits for'
rm -f o/M

# ---- signals ----

signer <<'END'
echo signed >tools/was
END
rm -f tools/was
mkfifo pipe
# The child waits for a reader of the report; the parent gets the signal.
"$WMSDIFF" -q -o pipe --manifest o/M --sign-with tools/sign "$before" "$after" &
parent=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	children=$(cat "/proc/$parent/task/$parent/children" 2>/dev/null)
	[ -z "$children" ] || break
	sleep 0.1
done
ok 'there are two processes' test -n "$children"
kill -TERM "$parent"
ended=0
wait "$parent" || ended=$?
is "$ended" 143 'a signal ends the parent as it would without'
# shellcheck disable=SC2086 # one number
is "$(kill -0 $children 2>&1 | grep -c .)" 1 'and the child before it'
is "$(ls tools/was 2>/dev/null)" '' 'nothing is signed'
"$WMSDIFF" -q -o pipe --manifest o/M --sign-with tools/sign "$before" "$after" &
parent=$!
sleep 0.5
children=$(cat "/proc/$parent/task/$parent/children" 2>/dev/null)
kill -KILL "$parent"
wait "$parent" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	# shellcheck disable=SC2086 # one number
	kill -0 $children 2>/dev/null || break
	sleep 0.1
done
# shellcheck disable=SC2086 # one number
is "$(kill -0 ${children:-$$} 2>&1 | grep -c .)" 1 'without its parent the child ends'
"$WMSDIFF" -q -o pipe --manifest o/M --sign-with tools/sign "$before" "$after" &
parent=$!
sleep 0.5
# shellcheck disable=SC2046 # one number
kill -KILL $(cat "/proc/$parent/task/$parent/children")
ended=0
wait "$parent" 2>/dev/null || ended=$?
is "$ended" 137 'a child that was killed is told by the parent'
is "$(ls tools/was 2>/dev/null)" '' 'and nothing is signed'

# ---- real ones ----

if command -v gpg >/dev/null; then
	GNUPGHOME=$tmp/gnupg
	export GNUPGHOME
	mkdir -m 700 "$GNUPGHOME"
	gpg -q --batch --passphrase '' --quick-generate-key 'lab <lab@example.com>' ed25519 \
		sign never >"$tmp/key" 2>&1
	sign_with='gpg --batch --armor --detach-sign'
	status 1 'gpg' run -q
	ok 'knows its signature' gpg --batch --verify o/M.asc o/M
	gpgconf --kill all
else
	skip 2 'there is no gpg'
fi
if command -v minisign >/dev/null; then
	printf '\n\n' | minisign -G -W -p key.pub -s key.sec >"$tmp/key" 2>&1
	sign_with='minisign -S -s key.sec -m'
	status 1 'minisign' run -q
	ok 'knows its signature' minisign -V -q -p key.pub -m o/M
else
	skip 2 'there is no minisign'
fi
signify=$(command -v signify-openbsd || command -v signify)
if [ -n "$signify" ] && "$signify" -G -n -p k.pub -s k.sec 2>"$tmp/key"; then
	sign_with="$signify -S -s k.sec -m"
	status 1 'signify' run -q
	ok 'knows its signature' "$signify" -V -q -p k.pub -m o/M
else
	skip 2 'there is no signify'
fi
done_testing
