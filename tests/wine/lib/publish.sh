# shellcheck shell=bash
# The programs that steps run under Wine, all from one build that is kept apart from all other obj and bin folders.

# build_windows: $work/tests, $work/publisher and $work/module/WinMmf are up to date afterwards.
# Does nothing where --no-build was said.
build_windows() {
    local log=$work/build.log
    [ "$build" -ne 0 ] || return 0
    echo "Building for win-x64 ..."
    if ! dotnet msbuild "$here/windows.proj" -nologo -verbosity:minimal -p:OutputRoot="$work" >"$log" 2>&1 9>&-; then
        grep -E 'error|warn' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
        echo "The Windows build failed (whole log: $log)." >&2
        report_counts 0 1 0
        exit 1
    fi
}
