# SPDX-License-Identifier: GPL-2.0-or-later
# perl palette.pl IN.png OUT.png WIDTH: a picture as Chromium takes it (8 bits a channel, not
# interlaced), with 256 colours: of those that are much alike the one that it has most of.
# A third of the size, and the same bytes each time.  WIDTH is what the picture must have.
use strict;
use warnings;
use Compress::Zlib;

my ($from, $to, $expected) = @ARGV;
open(my $in, '<:raw', $from) or die "$from: $!\n";
my $png = do { local $/; <$in> };
my ($width, $height, $bits, $kind, undef, undef, $interlaced) = unpack('x16 N2 C5', $png);
my $n = { 2 => 3, 6 => 4 }->{$kind};
die "$from: not as Chromium makes them\n" unless $n && $bits == 8 && !$interlaced;
die "$from: is $width wide, not $expected\n" unless $width == $expected;

my $packed = '';
for (my $at = 8; $at < length $png;) {
	my ($size, $name) = unpack("x$at N a4", $png);
	$packed .= substr($png, $at + 8, $size) if $name eq 'IDAT';
	$at += 12 + $size;
}
my $raw = uncompress($packed) // die "$from: is damaged\n";

# The filters of PNG (ISO/IEC 15948, 9.2), undone row by row.
my (@pixels, @above, %count);
@above = (0) x ($n * $width);
for my $y (0 .. $height - 1) {
	my ($filter, @row) = unpack('C*', substr($raw, $y * ($n * $width + 1), $n * $width + 1));
	for my $i ($filter ? 0 .. $#row : ()) {
		my ($left, $up) = ($i < $n ? 0 : $row[$i - $n], $above[$i]);
		my $corner = $i < $n ? 0 : $above[$i - $n];
		my $add = $left;
		if ($filter == 2) {
			$add = $up;
		} elsif ($filter == 3) {
			$add = ($left + $up) >> 1;
		} elsif ($filter == 4) {
			my ($a, $b) = (abs($up - $corner), abs($left - $corner));
			my $c = abs($left + $up - 2 * $corner);
			$add = $a <= $b && $a <= $c ? $left : $b <= $c ? $up : $corner;
		}
		$row[$i] = ($row[$i] + $add) & 255;
	}
	for (my $i = 0; $i < @row; $i += $n) {
		my $colour = $row[$i] << 16 | $row[$i + 1] << 8 | $row[$i + 2];
		$count{$colour}++;
		push @pixels, $colour;
	}
	@above = @row;
}

# Alike are those that share the upper bits of each channel: as many as leave 256.  The 32
# that it has most of are surfaces, and stay as they are.
my @by_count = sort { $count{$b} <=> $count{$a} || $a <=> $b } keys %count;
my (@palette, %index);
for my $mask (0xffffff, 0xfefefe, 0xfcfcfc, 0xf8f8f8, 0xf0f0f0, 0xe0e0e0, 0xc0c0c0) {
	my %chosen;
	@palette = @by_count[0 .. ($#by_count < 31 ? $#by_count : 31)];
	@index{@palette} = 0 .. $#palette;
	for my $colour (@by_count[@palette .. $#by_count]) {
		push @palette, $colour unless exists $chosen{$colour & $mask};
		$index{$colour} = $chosen{$colour & $mask} //= $#palette;
	}
	last if @palette <= 256;
}

sub chunk {
	my ($name, $data) = @_;
	return pack('N', length $data) . $name . $data . pack('N', crc32($name . $data));
}

my $rows = '';
$rows .= pack('C*', 0, @index{splice(@pixels, 0, $width)}) for 1 .. $height;
open(my $out, '>:raw', $to) or die "$to: $!\n";
print $out "\x89PNG\r\n\x1a\n", chunk('IHDR', pack('N2 C5', $width, $height, 8, 3, 0, 0, 0)),
	chunk('PLTE', join('', map { substr(pack('N', $_), 1) } @palette)),
	chunk('IDAT', compress($rows, 9)), chunk('IEND', '');
close($out) or die "$to: $!\n";
