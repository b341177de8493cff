# shellcheck shell=bash
# Pester in a PowerShell 7 for Windows, against the module with a self-contained publisher in it.
# tests/wine/run pester [--no-build] [TEST FILE...]. Needs pwsh.exe with Pester, found by PATH or by WINMMF_PWSH_EXE.

step_main() {
    local log=$work/pester.log code=0 shell command
    shell=${WINMMF_PWSH_EXE:-$(command -v pwsh.exe || true)}
    if [ -z "$shell" ] || ! command -v script >/dev/null; then
        echo "No PowerShell for Windows (pwsh.exe) on PATH, or no 'script' to give it a terminal: the cmdlets are not shown under Wine."
        report_counts 0 0 1
        return 0
    fi

    build_windows

    # PowerShell for Windows prints nothing without a terminal; Wine does not follow a link to a program.
    export WINMMF_MODULE="Z:${work//\//\\}\\module\\WinMmf" NO_COLOR=1 PSModulePath=
    command=$(printf '%q ' "$wine" "$(readlink -f "$shell")" -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass \
        -File "Z:${root//\//\\}\\tests\\pester\\Invoke-Tests.ps1" "$@")
    timeout --kill-after=10 540 script -qec "$command" /dev/null </dev/null 9>&- 2>&1 \
        | sed -e 's/\x1b\[[0-9;?]*[a-zA-Z]//g' -e 's/\r//g' | tee "$log" | sed '/^[0-9]* passed, [0-9]* failed, [0-9]* skipped$/d' || code=${PIPESTATUS[0]}
    report_check "$log" "$code"
}
