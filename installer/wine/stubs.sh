#!/usr/bin/env bash
# Puts into a wine prefix what Windows 10 has and wine 8 has not; nothing of it is ever shipped.
#   stubs.sh PREFIX      wants WINEDLLOVERRIDES with ucrtbase=n,b for every program that follows
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
system=$1/drive_c/windows/system32
compile() { x86_64-w64-mingw32-gcc -O2 -s -shared -static-libgcc "$@"; }

for stub in icuuc bcryptprimitives; do
    compile "$here/$stub.c" -ladvapi32 -o "$system/$stub.dll"
done

# Of C's library the complex numbers are ours, the rest is wine's under another name and without
# the mark by which wine would look for it where it keeps its own.
[ -e "$system/wineucrt.dll" ] || cp "$system/ucrtbase.dll" "$system/wineucrt.dll"
head -c 16 /dev/zero | dd of="$system/wineucrt.dll" bs=1 seek=64 conv=notrunc status=none
ours=$(sed -nE 's/^(NUMBER|COMPLEX)\((\w+),.*/\2/p' "$here/ucrtbase.c")
names=$1/ucrtbase.def
{
    echo EXPORTS
    for name in $ours; do
        printf '%s = as_%s\n' "$name" "$name" "${name}l" "$name" "${name}f" "${name}f"
    done
    x86_64-w64-mingw32-objdump -p "$system/wineucrt.dll" |
        sed -nE 's/^\t\[ *[0-9]+\] ([^+].*)$/\1/p' |
        grep -vxE "($(echo "$ours" | paste -sd '|'))[fl]?" |
        sed 's/.*/"&" = "wineucrt.&"/'
} >"$names"
compile "$here/ucrtbase.c" "$names" -o "$1/ucrtbase.dll"
mv "$1/ucrtbase.dll" "$system/ucrtbase.dll"
