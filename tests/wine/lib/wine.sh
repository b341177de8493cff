# shellcheck shell=bash
# A private Wine: its own prefix, one user at a time, and nothing left running.

# wine_find: sets wine and wineserver; false if there is none. The wrapper script "wine" is avoided: it talks of wine32.
wine_find() {
    local candidate
    for candidate in "${WINMMF_WINE:-}" /usr/lib/wine/wine64 "$(command -v wine64 || true)"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            wine=$candidate
            wineserver=$(dirname "$candidate")/wineserver
            [ -x "$wineserver" ] || wineserver=$(command -v wineserver || true)
            [ -n "$wineserver" ] && return 0
        fi
    done
    return 1
}

# wine_begin: waits for its turn, makes the prefix if it is missing, and ends its wineserver whatever happens.
wine_begin() {
    mkdir -p "$work"
    exec 9>"$work/lock"
    flock -n 9 || { echo "Another run uses this Wine; waiting for it ..."; flock 9; }

    export WINEARCH=win64 WINEDEBUG=${WINEDEBUG:--all}
    unset DISPLAY
    trap wine_end EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM

    wine_make_prefix "$work/prefix"

    # Wine 8 mishandles the two mappings of generated code, which .NET then corrupts when it frees dynamic methods.
    export DOTNET_EnableWriteXorExecute=0

    # Not "mscoree=" from here on: that breaks every .NET program.
    # Without menus for desktops, which Wine would make in the home folder.
    export WINEDLLOVERRIDES="mshtml=;winemenubuilder.exe="
}

# wine_make_prefix FOLDER: makes it unless it is there, and uses it from here on.
wine_make_prefix() {
    export WINEPREFIX=$1
    [ ! -f "$WINEPREFIX/.ready" ] || return 0
    rm -rf "$WINEPREFIX"
    echo "Making a Wine prefix ..."
    WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=" wine_run 180 wineboot -i >"$work/wineboot.log" 2>&1 ||
        { cat "$work/wineboot.log" >&2; echo "The Wine prefix could not be made." >&2; exit 1; }
    WINEDLLOVERRIDES="mshtml=;winemenubuilder.exe=" wine_run 60 reg add 'HKCU\Software\Wine' /v Version /t REG_SZ /d win10 /f >>"$work/wineboot.log" 2>&1
    touch "$WINEPREFIX/.ready"
}

# wine_run SECONDS PROGRAM [ARGUMENT...]: the lock is not inherited, because the wineserver outlives the program.
wine_run() {
    local seconds=$1
    shift
    timeout --kill-after=10 "$seconds" "$wine" "$@" </dev/null 9>&-
}

# wine_alone COMMAND...: runs it and ends whatever it leaves running under this Wine. For pipelines: Wine's own processes hold the
# output open, and one that hangs (a console host whose program was killed) would make the pipeline wait without end.
wine_alone() {
    local code=0
    "$@" || code=$?
    wine_end
    return "$code"
}

# windows_path PATH: as the programs under Wine see it
windows_path() { printf 'Z:%s' "${1//\//\\}"; }

wine_end() {
    timeout --kill-after=5 30 "$wineserver" -k >/dev/null 2>&1 9>&- || true
    timeout --kill-after=5 30 "$wineserver" -w >/dev/null 2>&1 9>&- || true
}
