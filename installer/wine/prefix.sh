# To be sourced: an empty Windows of wine's and a screen, both gone when the shell ends.
# Sets home, wine, server, limit and DISPLAY; ends the shell with 77 where this machine has no wine
# that does. No program runs longer than LIMIT seconds.
# The stub DLLs beside this file are made for this prefix only; nothing ships them.

wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
server=$(command -v wineserver || echo /usr/lib/wine/wineserver)
limit=${LIMIT:-900}
unable() {
    echo "!!!! SKIPPED: THE WINDOWS PROGRAM WAS NOT TRIED: $*" >&2
    exit 77
}
for tool in "$wine" "$server" Xvfb x86_64-w64-mingw32-gcc; do
    command -v "$tool" >/dev/null || unable "$tool is not installed"
done
case $("$wine" --version 2>&1) in
wine-8.*) ;; # what the stub DLLs complete
*) unable "it is tried under wine 8, and here is $("$wine" --version 2>&1)" ;;
esac

home=$(mktemp -d)
export HOME=$home WINEPREFIX=$home/prefix TMPDIR=$home LC_ALL=C.UTF-8 WINEDEBUG=-all
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=d;mshtml=d;ucrtbase=n,b"
unset DEPUTYDESK_DATA QT_QPA_PLATFORM DISPLAY WAYLAND_DISPLAY XDG_DATA_HOME || true

exec 9>"$home/display"
Xvfb -displayfd 9 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
remove_prefix() {
    timeout -k 5 20 "$server" -k >/dev/null 2>&1 || true
    kill "$screen" 2>/dev/null || true
    rm -rf "$home"
}
trap remove_prefix EXIT
until [ -s "$home/display" ]; do
    kill -0 "$screen" 2>/dev/null || unable "Xvfb ended at its start"
    sleep 0.1
done
DISPLAY=:$(cat "$home/display")
export DISPLAY

# Not with a pipe behind it: the first window brings wine's desktop along, which would hold it open.
# Once more where it fails: a program that is started while wine's services still start may end so.
limited() { timeout -k 10 "$limit" "$@"; }
quietly() { limited "$wine" "$@" >/dev/null 2>&1 || limited "$wine" "$@" >/dev/null 2>&1; }
windows() { quietly winecfg -v "$1"; }

quietly wineboot -i || unable "wine makes no Windows here"
limited "$server" -w || unable "wine's services do not end here"
"$(dirname "${BASH_SOURCE[0]}")/stubs.sh" "$WINEPREFIX"
# one program that waits, so that wine does not start all its services for each of the others
mkfifo "$home/silence"
exec 8<>"$home/silence"
"$wine" cmd <&8 >/dev/null 2>&1 &
windows win10
# what Windows has in Chinese; wine looks for no other font where the named one is not there
{
    printf 'Windows Registry Editor Version 5.00\n\n'
    printf '[HKEY_CURRENT_USER\\Software\\Wine\\Fonts\\Replacements]\n'
    printf '"%s"="Noto Sans CJK SC"\n' SimSun 宋体 "MS Shell Dlg" "MS Shell Dlg 2" Tahoma
} | iconv -t UTF-16 >"$WINEPREFIX/drive_c/fonts.reg"
quietly regedit /S 'C:\fonts.reg'
