# shellcheck shell=bash
# The clients of src/clients that have a Windows build, with the Windows builds of publisher and core. tests/wine/run clients [--no-build]

step_main() {
    local log=$work/clients.log code=0
    build_windows
    wine_alone timeout --kill-after=10 800 "$root/tests/clients/run" \
        --wine "$wine" "$work/publisher/WinMmf.Publisher.exe" "$work/programs/WinMmf.TestPeer.exe" "$@" </dev/null 9>&- 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
    # The script's own closing line is the log's last one.
    [ "$code" -eq 0 ]
}
