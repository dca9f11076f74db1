#!/usr/bin/env bash
# Tries the set-up program under wine, from an empty prefix to the uninstalled program.
#   smoke_wine.sh SETUP.exe [FOLDER]     results and pictures go to FOLDER
# Ends with 0, or with 1 at the first thing that is not as it must be; 77 where wine is missing.
# The stub DLLs of installer/wine are made for this prefix only; nothing ships them.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-"$here/../.venv/bin/python"}
setup=$(realpath "$1")
out=$(mkdir -p "${2:-smoke}" && realpath "${2:-smoke}")
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
server=$(command -v wineserver || echo /usr/lib/wine/wineserver)
for tool in "$wine" "$server" Xvfb x86_64-w64-mingw32-gcc; do
    if ! command -v "$tool" >/dev/null; then
        echo "!!!! SKIPPED: the Windows program was NOT tried, $tool is not installed" >&2
        exit 77
    fi
done

home=$(mktemp -d)
export HOME=$home WINEPREFIX=$home/prefix TMPDIR=$home LC_ALL=C.UTF-8 WINEDEBUG=-all
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=d;mshtml=d;ucrtbase=n,b"
unset DEPUTYDESK_DATA QT_QPA_PLATFORM DISPLAY WAYLAND_DISPLAY XDG_DATA_HOME || true
drive=$WINEPREFIX/drive_c
program='C:\履职软件\DD'
installed=$drive/履职软件/DD

exec 9>"$home/display"
Xvfb -displayfd 9 -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
finish() {
    "$server" -k >/dev/null 2>&1 || true
    kill "$screen" 2>/dev/null || true
    rm -rf "$home"
}
trap finish EXIT
until [ -s "$home/display" ]; do sleep 0.1; done
DISPLAY=:$(cat "$home/display")
export DISPLAY

step() { printf '%4ds  %s\n' "$SECONDS" "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
# wine 8 wants a pipe behind a program with a console; what it answers is in $code
run() { code=0; { "$wine" "$@" 2>&1 || echo "code $?"; } | cat >"$home/said" || true
        if grep -q '^code ' "$home/said"; then code=$(sed -n 's/^code //p' "$home/said"); fi; }
expect() { [ "$code" = "$1" ] || { tail -n 20 "$home/said" >&2; fail "$2: $code instead of $1"; }; }
there() { for one in "$@"; do [ -e "$one" ] || fail "$one is missing"; done; }
gone() { for one in "$@"; do [ ! -e "$one" ] || fail "$one is there"; done; }
registered() { "$wine" reg query "$1" ${2:+/v "$2"} >/dev/null 2>&1; }
until_true() { for _ in $(seq 600); do if "$@"; then return; fi; sleep 0.2; done; fail "waited for: $*"; }
# not by run: the first window brings wine's desktop along, which would hold the pipe open
windows() { "$wine" winecfg -v "$1" >/dev/null 2>&1; }

step "an empty prefix"
"$wine" wineboot -i >/dev/null 2>&1
"$server" -w
"$here/wine/stubs.sh" "$WINEPREFIX"
# one program that waits, so that wine does not start all its services for each of the others
mkfifo "$home/silence"
exec 8<>"$home/silence"
"$wine" cmd <&8 >/dev/null 2>&1 &

step "Windows 7 is refused"
windows win7
run "$setup" /S "/D=$program"
expect 3 "on Windows 7"
gone "$installed"
windows win10

step "a damaged set-up program is refused"
cp "$setup" "$home/damaged.exe"
printf 'damage' | dd of="$home/damaged.exe" bs=1 seek=4000000 conv=notrunc status=none
run "$home/damaged.exe" /S "/D=$program"
[ "$code" != 0 ] || fail "a damaged set-up program ran"
gone "$installed/DeputyDesk.exe"

step "installing"
run "$setup" /S "/D=$program"
expect 0 "installing"
user=$(echo "$drive"/users/*/AppData/Local | tr ' ' '\n' | grep -v Public | head -1)
data=$user/DeputyDesk
there "$installed"/{DeputyDesk.exe,deskctl.exe,uninstall.exe,licenses/components.json}
gone "$installed/.new" "$installed/.old" "$data"
there "$drive"/users/*/AppData/Roaming/Microsoft/Windows/"Start Menu"/Programs/代表履职工作台.lnk
registered 'HKCU\Software\Classes\DeputyDesk.Bundle\shell\open\command' || fail "no association"

step "the window on the sample office, a form printed"
run "$program\\DeputyDesk.exe" --smoke 'C:\试 运行'
mkdir -p "$out"
cp "$drive/试 运行"/{result.json,window.png,form.pdf,form.png} "$out/" || { cat "$home/said"; fail "no result"; }
expect 0 "the trial"
"$python" -m installer.judging "$out"
gone "$data"

step "an office of one's own, and a bundle that another office reads"
deskctl() { run "$program\\deskctl.exe" --json "$@"; expect 0 "deskctl $*"; }
told() { "$python" -c "import json, sys; print(json.load(sys.stdin)['$1'])" <"$home/said"; }
above='C:\上级'
mkdir "$drive/U盘"
deskctl init --kind sumu --name 吉忽伦图苏木 --district 石拐区 --code SG07
there "$data/office.db"
deskctl --office "$above" init --kind district --name 石拐区 --code SG00
deskctl card -o 'C:\U盘'
ours=$(told fingerprint)
deskctl --office "$above" card -o 'C:\U盘'
theirs=$(told fingerprint)
card() { find "$drive/U盘" -name "*$1*" -printf 'C:\\U盘\\%P\n' | head -1; }
deskctl enrol "$(card SG00)" --role parent --fingerprint "$theirs"
deskctl --office "$above" enrol "$(card SG07)" --role child --fingerprint "$ours"
deskctl send 'C:\U盘' --to SG00
deskctl --office "$above" receive 'C:\U盘'
grep -q '"from": "SG07"' "$home/said" || fail "the bundle was not taken in: $(cat "$home/said")"

step "the window again, twice: the second start brings the first forward"
"$wine" "$program\\DeputyDesk.exe" >/dev/null 2>&1 &
window=$!
until_true test -e "$data/window/lock"
run "$program\\DeputyDesk.exe"
expect 0 "the second start"
step "nothing is installed or removed while it runs"
run "$setup" /S
expect 4 "installing while the program runs"
run taskkill /IM DeputyDesk.exe
until_true test ! -e "$data/window/lock"
wait "$window" || true

step "an upgrade backs up first and leaves no old module behind"
touch "$installed/app/deputydesk/stale.py"
run "$setup" /S
expect 0 "upgrading"
ls "$data"/backups/*-upgrade*.db >/dev/null || fail "no backup before the upgrade"
gone "$installed/app/deputydesk/stale.py" "$installed/.new" "$installed/.old"
there "$installed/DeputyDesk.exe"

step "an upgrade whose backup fails changes nothing"
cp "$data/office.db" "$home/whole.db"
head -c 9000 /dev/urandom >"$data/office.db"
touch "$installed/app/deputydesk/stale.py"
run "$setup" /S
expect 5 "upgrading without a backup"
there "$installed/app/deputydesk/stale.py" "$data/upgrade-backup.txt"
cp "$home/whole.db" "$data/office.db"
rm "$installed/app/deputydesk/stale.py"

step "an older version does not take the place of a newer one"
key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\DeputyDesk'
"$wine" reg add "$key" /v DisplayVersion /d 99.0 /f >/dev/null 2>&1
run "$setup" /S
expect 8 "going back"

step "from a stick: the data lies beside the program"
stick="$drive/U盘 履职"
cp -r "$installed" "$stick"
touch "$stick/portable.flag"
run 'C:\U盘 履职\deskctl.exe' init --kind sumu --name 随身镇 --district 石拐区
expect 0 "on a stick"
there "$stick/data/office.db"
grep -q 随身镇 "$home/said" || fail "no Chinese came out of deskctl"

step "uninstalling leaves the data"
run "$program\\uninstall.exe" /S
until_true test ! -e "$installed/uninstall.exe"
until_true test ! -e "$installed"
there "$data/office.db" "$data/backups"
if registered "$key"; then fail "the uninstall entry is there"; fi
if registered 'HKCU\Software\Classes\.ddb'; then fail "the association is there"; fi
gone "$drive"/users/*/AppData/Roaming/Microsoft/Windows/"Start Menu"/Programs/代表履职工作台.lnk
cp "$data/office.db" "$out/kept.db"
step "all well"
