# shellcheck shell=bash
# Pester in a PowerShell 7 for Windows, against the module with a self-contained publisher in it.
# tests/wine/run pester [--no-build] [TEST FILE...]. The shell and its runtime come from the package registry, unless
# WINMMF_PWSH_EXE names a shell.

step_main() {
    local log=$work/pester.log code=0 command ran=${WINMMF_RAN:-$work/pester-ran.txt} shell=${WINMMF_PWSH_EXE:-}
    if ! command -v script >/dev/null; then
        echo "There is no 'script' (Debian: bsdutils) to give PowerShell a terminal: the cmdlets are not shown under Wine."
        report_counts 0 0 1
        return 0
    fi

    build_windows
    if [ -z "$shell" ]; then
        fetch_shell || { report_counts 0 1 0; return 1; }
    fi

    # PowerShell for Windows prints nothing without a terminal; Wine does not follow a link to a program.
    WINMMF_MODULE=$(windows_path "$work/module/WinMmf") WINMMF_RAN=$(windows_path "$ran")
    export WINMMF_MODULE WINMMF_RAN NO_COLOR=1 PSModulePath= POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
    command=$(printf '%q ' "$wine" "$(readlink -f "$shell")" -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass \
        -File "$(windows_path "$root/tests/pester/Invoke-Tests.ps1")" "$@")
    rm -f "$ran"
    wine_alone timeout --kill-after=10 1500 script -qec "$command" /dev/null </dev/null 9>&- 2>&1 \
        | sed -u -e 's/\x1b\[[0-9;?]*[a-zA-Z]//g' -e 's/\r//g' | tee "$log" \
        | sed '/^[0-9]* passed, [0-9]* failed, [0-9]* skipped$/d' || code=${PIPESTATUS[0]}
    report_check "$log" "$code"
}
