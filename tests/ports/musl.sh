#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/ports/musl.sh FOLDER: everything against musl, on Debian or its like.  The libraries,
# for which Debian has no packages with musl, are built in FOLDER/prefix from the sources that
# Debian 13 has; then wmsdiff in FOLDER/build.  After it: make -C FOLDER/build check.
# It needs musl-tools, linux-libc-dev, apt, xz-utils, cmake, perl, and what wmsdiff is
# built with.  What is there already is not built again.
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "${1:?usage: tests/ports/musl.sh FOLDER}"
cd "$1"
here=$(pwd)
prefix=$here/prefix
mkdir -p sources prefix/include apt/lists/partial
jobs=-j$(getconf _NPROCESSORS_ONLN)

# Headers of Linux are the same for every C library.
headers=/usr/include
for name in linux asm-generic asm mtd; do
	[ -e "$headers/$name" ] || headers=/usr/include/$(gcc -print-multiarch)
	ln -sfn "$headers/$name" "prefix/include/$name"
	headers=/usr/include
done
CC=musl-gcc
CFLAGS='-O2 -g -fPIC'
CPPFLAGS=-I$prefix/include
LDFLAGS=-L$prefix/lib
PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig
PKG_CONFIG='pkg-config --static'
export CC CFLAGS CPPFLAGS LDFLAGS PKG_CONFIG_LIBDIR PKG_CONFIG

fetch() {
	cat >apt/sources <<-'END'
	Types: deb-src
	URIs: http://deb.debian.org/debian
	Suites: trixie
	Components: main
	Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
	END
	mv apt/sources apt/trixie.sources
	set -- -q -o Dir::Etc::sourceparts=/dev/null -o "Dir::Etc::sourcelist=$here/apt/trixie.sources" \
		-o "Dir::State::lists=$here/apt/lists"
	apt-get "$@" update
	(cd sources && apt-get "$@" --only-source --tar-only source hivex libxml2 libxslt nettle \
		libunistring libarchive zlib xz-utils sqlite3 libseccomp libevtx libbfio cmocka)
	for archive in sources/*.orig.tar.*; do
		tar xf "$archive" -C sources
	done
	touch fetched
}

# library NAME COMMAND...: the sources of that name, by the command, once
library() {
	name=$1
	shift
	[ ! -e "built-$name" ] || return 0
	echo "musl: $name ..."
	(cd sources/"$name"-[0-9]* && "$@") >"$name.log" 2>&1 ||
		{ tail -n 30 "$name.log"; exit 1; }
	touch "built-$name"
}

# configured [OPTION...]
configured() {
	./configure --prefix="$prefix" --disable-shared "$@" && make "$jobs" && make install
}

zlib() { ./configure --static --prefix="$prefix" && make "$jobs" install; }

# Its programs and bindings are left out.
hivex() {
	./configure --prefix="$prefix" --disable-shared --disable-ocaml --disable-perl \
		--disable-python --disable-ruby --disable-nls &&
		make -C gnulib/lib "$jobs" && make -C lib "$jobs" install &&
		make -C include install
}

cmocka() {
	cmake -S . -B build -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
		-DBUILD_SHARED_LIBS=OFF -DWITH_EXAMPLES=OFF && make -C build "$jobs" install
}

[ -e fetched ] || fetch
library zlib zlib
library xz configured --disable-xz --disable-xzdec --disable-lzmadec --disable-lzmainfo \
	--disable-scripts --disable-doc --disable-nls
library libxml2 configured --without-python --without-lzma --without-zlib
library libxslt configured --without-python --without-crypto --without-plugins
library nettle configured --disable-public-key --disable-documentation --libdir="$prefix/lib"
library libunistring configured
library libarchive configured --disable-bsdtar --disable-bsdcpio --disable-bsdcat \
	--without-xml2 --without-expat --without-openssl --without-nettle --without-bz2lib \
	--without-zstd --without-lz4 --without-libb2
library sqlite3 configured --disable-tcl --disable-readline
library libseccomp configured
library libbfio configured
library libevtx configured
library cmocka cmocka
library hivex hivex

mkdir -p build
cd build
[ -e "$project/configure" ] || (cd "$project" && autoreconf -fi)
[ -e Makefile ] || "$project/configure" -q
make -s "$jobs" all samples
echo "musl: now make -C $here/build check"
