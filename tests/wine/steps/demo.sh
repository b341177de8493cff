# shellcheck shell=bash
# The publisher's demo: a publisher and a reader as two Windows processes. tests/wine/run demo [--no-build] [DEMO ARGUMENT...]

step_main() {
    local log=$work/demo.log code=0 picture=$work/demo.png
    build_windows
    rm -f "$picture"
    wine_alone wine_run 120 "$work/publisher/WinMmf.Publisher.exe" demo --seconds 4 --output "$picture" "$@" 2>&1 | tr -d '\r' | tee "$log" || code=${PIPESTATUS[0]}

    # The closing line and the picture as well as the exit code: a crash under Wine gives 0.
    if [ "$code" -eq 0 ] && grep -qE '^demo: published [1-9][0-9]*, read [1-9][0-9]*, torn 0, ' "$log" && [ -s "$picture" ]; then
        report_counts 1 0 0
    else
        echo "FAIL the demo ended with code $code" >&2
        report_counts 0 1 0
        return 1
    fi
}
