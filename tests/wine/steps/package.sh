# shellcheck shell=bash
# The package in a Wine without any .NET: unpacked from its zip, its publisher publishes and is read.
# tests/wine/run package [--no-build]. Packs the module unless --no-build is said.

step_main() {
    local log=$work/package.log zip publisher name=package.$$ passed=0 failed=0 id
    if [ "$build" -ne 0 ]; then
        echo "Packing the module ..."
        dotnet pack "$root/src/WinMmf.Package" -c Release -nologo -v:quiet >"$work/pack.log" 2>&1 9>&- ||
            { tail -n 20 "$work/pack.log" >&2; report_counts 0 1 0; return 1; }
    fi
    zip=$(find "$root/artifacts/package" -maxdepth 1 -name 'WinMmf-[0-9]*.zip' 2>/dev/null | sort | tail -n 1 || true)
    if [ -z "$zip" ] || ! command -v unzip >/dev/null; then
        echo "FAIL there is no zip in artifacts/package, or no unzip" >&2
        report_counts 0 1 0
        return 1
    fi

    # A new prefix each time, so that nothing is there but what Windows brings.
    "$wineserver" -k >/dev/null 2>&1 9>&- || true
    rm -rf "$work/prefix-clean"
    wine_make_prefix "$work/prefix-clean"
    if find "$WINEPREFIX" \( -iname 'coreclr.dll' -o -iname 'hostfxr.dll' -o -iname 'dotnet.exe' -o -iname 'libmono*' \) | grep -q .; then
        echo "FAIL the new prefix has a .NET" >&2
        failed=$((failed + 1))
    fi
    local modules="$WINEPREFIX/drive_c/Program Files/WindowsPowerShell/Modules"
    mkdir -p "$modules"
    unzip -q "$zip" -d "$modules"
    publisher='C:\Program Files\WindowsPowerShell\Modules\WinMmf\publisher\WinMmf.Publisher.exe'
    unset DOTNET_ROOT

    package_check() {
        if [ "$2" -eq 0 ]; then passed=$((passed + 1)); echo "pass: $1"; else failed=$((failed + 1)); echo "FAIL: $1"; tail -n 20 "$log"; fi
    }

    # What counts is what the programs print: a crash under Wine gives exit code 0.
    wine_run 120 "$publisher" publish --name "$name" --width 640 --height 480 --json >"$work/package-publisher.log" 2>&1 &
    id=$!
    local code=0
    wine_run 60 "$publisher" read "$name" --wait 30 --frames 60 --verify >"$log" 2>&1 || code=$?
    [ "$code" -eq 0 ] && grep -qE '^done: read 60, .*torn 0, ' "$log" || code=1
    package_check "the package's publisher is read, each frame verified" "$code"

    code=0
    wine_run 60 "$publisher" stop "$name" >"$log" 2>&1 || code=$?
    wait "$id" || code=$?
    grep -q '"reason":"Stop"' "$work/package-publisher.log" || code=1
    package_check "it stops when asked to" "$code"

    code=0
    wine_run 60 "$publisher" demo --seconds 2 --width 320 --height 240 --output "Z:${work//\//\\}\\package-demo.png" >"$log" 2>&1 || code=$?
    [ "$code" -eq 0 ] && grep -qE '^demo: published [1-9][0-9]*, read [1-9][0-9]*, torn 0, ' "$log" || code=1
    package_check "its demo runs" "$code"

    report_counts "$passed" "$failed" 0
    [ "$failed" -eq 0 ]
}
