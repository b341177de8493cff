# shellcheck shell=bash
# A PowerShell for Windows and the run-time that it needs, both from the package registry.

# bring_shell: sets shell, and DOTNET_ROOT as Windows sees it
bring_shell() {
    local log=$work/runtime.log
    shell=$("$root/tests/pester/shell/bring" win 9>&-) || return 1
    # shellcheck source=/dev/null
    if ! (cd "$root" && . tests/pester/shell/private-sdk.sh && dotnet build tests/wine/runtime -nologo -v:quiet >"$log" 2>&1 9>&-); then
        cat "$log" >&2
        echo "The .NET run-time for Windows could not be brought from the package registry." >&2
        return 1
    fi
    DOTNET_ROOT=$(windows_path "$root/artifacts/shell/dotnet-win")
    export DOTNET_ROOT
}
