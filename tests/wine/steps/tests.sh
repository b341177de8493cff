# shellcheck shell=bash
# The xunit suites: tests/wine/run tests [--no-build] [RUNNER ARGUMENT...], for example --filter Section --verbose.

step_main() {
    local log=$work/tests.log code=0 project ran=${WINMMF_RAN:-$work/tests-ran.txt}
    local -a suites=()
    for project in "$root"/tests/WinMmf.*.Tests/*.csproj; do
        # The viewer's suite is not among those that the runner is built with.
        [ "$(basename "$project")" != WinMmf.Viewer.Tests.csproj ] || continue
        [ -f "$project" ] && suites+=("$(basename "$project" .csproj)")
    done

    if [ ${#suites[@]} -eq 0 ]; then
        echo "There is no test project tests/WinMmf.*.Tests." >&2
        report_counts 0 1 0
        exit 1
    fi

    build_windows

    # Long: minutes of torture. LinuxOnly: /dev/shm and /proc. RealWindows: what Wine cannot show (docs/windows.md). Schedules ask nothing of
    # the system.
    rm -f "$ran"
    wine_alone wine_run 1500 "$work/tests/WinMmf.Wine.Runner.exe" "${suites[@]}" \
        --exclude Long --exclude LinuxOnly --exclude RealWindows --exclude Schedules --record "$(windows_path "$ran")" --timeout 1440 "$@" 2>&1 \
        | tee "$log" | sed '/^[0-9]* passed, [0-9]* failed, [0-9]* skipped\r*$/d' ||
        code=${PIPESTATUS[0]}
    report_check "$log" "$code"
}
