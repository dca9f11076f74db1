#!/usr/bin/env bash
# Tries the set-up program under wine, from an empty prefix to the uninstalled program.
#   smoke_wine.sh SETUP.exe [FOLDER]     results and pictures go to FOLDER
# Ends with 0, or with 1 at the first thing that is not as it must be; with 124 where a step takes
# longer than LIMIT seconds, and with 77 where this machine has no wine that does.
# DPI: at which further dots to the inch the window is shown, as DPI="120 144 168".
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-"$here/../.venv/bin/python"}
setup=$(realpath "$1")
out=$(mkdir -p "${2:-smoke}" && realpath "${2:-smoke}")
cd "$here/.."
program='C:\履职 软件\DD'

step() { printf '%4ds  %s\n' "$SECONDS" "$*"; }
step "an empty prefix"
. "$here/wine/prefix.sh"
drive=$WINEPREFIX/drive_c
installed="$drive/履职 软件/DD"
finish() {
    umount -l "$home/small" 2>/dev/null || true
    remove_prefix
}
trap finish EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }
late() { echo "TOO LONG: $*" >&2; exit 124; }
# wine 8 wants a pipe behind a program with a console; what it answers is in $code. Whoever it leaves
# behind may hold the pipe: that is not waited for.
run() {
    local reader
    code=0
    limited "$wine" "$@" > >(exec cat >"$home/said") 2>&1 || code=$?
    reader=$!
    timeout 10 tail -s 0.1 --pid="$reader" -f /dev/null || kill "$reader" 2>/dev/null || true
    [ "$code" != 124 ] && [ "$code" != 137 ] || late "$*"
}
expect() { [ "$code" = "$1" ] || { tail -n 20 "$home/said" >&2; fail "$2: $code instead of $1"; }; }
# a program beside the others, in $begun, and its end
begin() { limited "$wine" "$@" >/dev/null 2>&1 & begun=$!; }
await() { wait "$begun" || [ $? != 124 ] || late "the end of $1"; }
there() { for one in "$@"; do [ -e "$one" ] || fail "$one is missing"; done; }
gone() { for one in "$@"; do [ ! -e "$one" ] || fail "$one is there"; done; }
registered() { quietly reg query "$1"; }
until_true() { local end=$((SECONDS + limit)); until "$@"; do
        [ "$SECONDS" -lt "$end" ] || late "$*"; sleep 0.2; done; }
# a picture of the screen; whether something is on it
painted() { "$python" -m installer.judging --screen "$out/$1.png"; }

ln -s "$setup" "$drive/setup.exe"
# by cmd: the folder is the last word and stands without quotation marks, spaces or not
install() { run cmd /c "C:\\${1:-setup}.exe /S /D=${2:-$program}"; }

step "Windows 7 is refused"
windows win7
install
expect 3 "on Windows 7"
gone "$installed"
windows win10

step "a damaged set-up program is refused"
cp "$setup" "$drive/damaged.exe"
printf 'damage' | dd of="$drive/damaged.exe" bs=1 seek=4000000 conv=notrunc status=none
install damaged
[ "$code" != 0 ] || fail "a damaged set-up program ran"
gone "$installed/DeputyDesk.exe"
rm "$drive/damaged.exe"

step "a disk too full is told before anything is written"
mkdir "$home/small"
if mount -t tmpfs -o size=60m tmpfs "$home/small" 2>/dev/null; then
    ln -s "$home/small" "$WINEPREFIX/dosdevices/e:"
    install setup 'E:\DD'
    expect 2 "on a full disk"
    gone "$home/small"/*
    umount "$home/small"
    rm "$WINEPREFIX/dosdevices/e:"
else
    echo "!!!! SKIPPED: a disk too full was NOT tried, nothing can be mounted here" >&2
fi

step "the set-up program shows its first page in Chinese"
begin 'C:\setup.exe'
until_true painted setup
run taskkill /F /IM setup.exe
await "the set-up program"
gone "$installed"

step "installing"
install
expect 0 "installing"
user=$(echo "$drive"/users/*/AppData/Local | tr ' ' '\n' | grep -v Public | head -1)
data=$user/DeputyDesk
there "$installed"/{DeputyDesk.exe,deskctl.exe,uninstall.exe,licenses/components.json}
gone "$installed/.new" "$installed/.old" "$data"
there "$drive"/users/*/AppData/Roaming/Microsoft/Windows/"Start Menu"/Programs/代表履职工作台.lnk
registered 'HKCU\Software\Classes\DeputyDesk.Bundle\shell\open\command' || fail "no association"

step "the window on the sample office, a form printed"
run "$program\\DeputyDesk.exe" --smoke 'C:\试 运行'
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

step "a stack of papers is read by two processes as by none"
sample='C:\试 运行\demo'
deskctl --office "$sample" print ballot -o 'C:\U盘\a.pdf'
cp "$drive/U盘/a.pdf" "$drive/U盘/b.pdf"
for processes in 1 2; do
    deskctl scan read 'C:\U盘\a.pdf' 'C:\U盘\b.pdf' --form 'C:\U盘\a.pdf' --processes "$processes"
    grep -v '"seconds"' "$home/said" >"$home/read$processes"
done
grep -q '"status": "read"' "$home/read2" || fail "no page was read: $(head -c 2000 "$home/said")"
diff "$home/read1" "$home/read2" >&2 || fail "two processes read something else"

step "data of a newer version is refused and stays as it is"
cp "$data/office.db" "$home/whole.db"
"$python" -c 'import sqlite3, sys; data = sqlite3.connect(sys.argv[1])
data.execute("update alembic_version set version_num = 9999"); data.commit()' "$data/office.db"
cp "$data/office.db" "$home/newer.db"
run "$program\\deskctl.exe" check
expect 1 "data of a newer version"
grep -q 由更新版本的程序保存 "$home/said" || fail "nothing about it: $(cat "$home/said")"
cmp "$data/office.db" "$home/newer.db"
cp "$home/whole.db" "$data/office.db"

step "the window again, twice: the second start brings the first forward"
begin "$program\\DeputyDesk.exe"
until_true test -e "$data/log.txt" # it is open, and hears of another start
run "$program\\DeputyDesk.exe"
expect 0 "the second start"
until_true painted again
step "nothing is installed or removed while it runs"
run "$setup" /S
expect 4 "installing while the program runs"
run taskkill /IM DeputyDesk.exe
until_true test ! -e "$data/window/lock"
await "the window"

for dpi in ${DPI:-}; do
    step "the window on a screen of $dpi dots to the inch"
    quietly reg add 'HKCU\Control Panel\Desktop' /v LogPixels /t REG_DWORD /d "$dpi" /f
    rm "$data/log.txt"
    begin "$program\\DeputyDesk.exe"
    until_true test -e "$data/log.txt"
    until_true painted "dpi$dpi"
    run taskkill /IM DeputyDesk.exe
    await "the window"
done

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
quietly reg add "$key" /v DisplayVersion /d 99.0 /f
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
