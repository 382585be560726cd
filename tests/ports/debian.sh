#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/ports/debian.sh ARCH SUITE FOLDER [COMMAND]: the suite on another machine, which is
# a Debian of that architecture (i386, s390x ...) and suite (bookworm, trixie ...) in FOLDER.
# What is committed is tested: it goes to FOLDER/project, and there runs COMMAND, by default
# PLAIN=1 ./bootstrap check and make reports; their list is FOLDER/project/build/reports.txt.
#
# It needs root, debootstrap, and for what this processor cannot run qemu-user-static, with
# binfmt-support.  WMSDIFF_HIVES, where it is set, is there, too.  What stands in FOLDER already
# is used again, so that a second run only builds what has changed.
set -eu
[ $# -ge 3 ] || { sed -n '3,4s/^# //p' "$0"; exit 2; }
# What is mounted is gone with this script.
[ -n "${MOUNTS_OF_ITS_OWN-}" ] ||
	MOUNTS_OF_ITS_OWN=1 exec unshare --mount --propagation private "$0" "$@"
arch=$1 suite=$2 root=$3
shift 3
project=$(cd "$(dirname "$0")/../.." && pwd)

[ -e "$root/project" ] || {
	debootstrap --variant=minbase --arch="$arch" "$suite" "$root"
	mkdir "$root/project"
}
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
git -C "$project" archive HEAD | tar x -C "$new"
# A file that is the same keeps its time: make has nothing to do for it.
(cd "$new" && find . -type f) | while read -r file; do
	cmp -s "$new/$file" "$root/project/$file" && continue
	mkdir -p "$root/project/${file%/*}"
	cp -p "$new/$file" "$root/project/$file"
	touch "$root/project/$file"
done
cp /etc/resolv.conf /etc/hosts "$root/etc/"
for file in /etc/apt/apt.conf.d/*; do
	! grep -qi proxy "$file" || cp "$file" "$root/etc/apt/apt.conf.d/"
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ -n "${WMSDIFF_HIVES-}" ]; then
	mkdir -p "$root/hives"
	mount --bind -o ro "$WMSDIFF_HIVES" "$root/hives"
fi
chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
	${WMSDIFF_HIVES:+WMSDIFF_HIVES=/hives} sh -c "cd /project && ${*:-PLAIN=1 ./bootstrap check &&
		make -s -C build reports}"
