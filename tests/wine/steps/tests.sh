# shellcheck shell=bash
# The xunit suites: tests/wine/run tests [--no-build] [RUNNER ARGUMENT...], for example --filter Section --verbose.

step_main() {
    local output=$work/tests log=$work/tests.log code=0 project build=1
    local -a suites=() arguments=()
    for project in "$root"/tests/WinMmf.*.Tests/*.csproj; do
        # The publisher's own suite has not been made to pass under Wine yet; tests/wine/run demo and pester show the publisher there.
        [ -f "$project" ] && [ "$(basename "$project" .csproj)" != WinMmf.Publisher.Tests ] && suites+=("$(basename "$project" .csproj)")
    done

    while [ $# -gt 0 ]; do
        case $1 in
            --no-build) build=0 ;;
            *) arguments+=("$1") ;;
        esac
        shift
    done

    if [ ${#suites[@]} -eq 0 ]; then
        echo "There is no test project tests/WinMmf.*.Tests." >&2
        report_counts 0 1 0
        exit 1
    fi

    if [ "$build" -ne 0 ]; then
        rm -rf "$output"
        publish_windows "$here/WinMmf.Wine.Runner/WinMmf.Wine.Runner.csproj" "$output"

        # Programs that tests start: peers, and suites that have an entry point of their own.
        for project in "$root"/tests/WinMmf.*/*.csproj; do
            if grep -qE '<StartupObject>|<OutputType>Exe' "$project"; then
                publish_windows "$project" "$output" -p:UseAppHost=true
            fi
        done
    fi

    # Long: minutes of torture. LinuxOnly: /dev/shm and /proc. RealWindows: what Wine cannot show (docs/windows.md).
    wine_run 600 "$output/WinMmf.Wine.Runner.exe" "${suites[@]}" \
        --exclude Long --exclude LinuxOnly --exclude RealWindows "${arguments[@]}" 2>&1 | tee "$log" | sed '/^[0-9]* passed, [0-9]* failed, [0-9]* skipped\r*$/d' ||
        code=${PIPESTATUS[0]}
    report_check "$log" "$code"
}
