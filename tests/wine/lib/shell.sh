# shellcheck shell=bash
# A PowerShell for Windows and the runtime that it needs, both from the package registry.

# fetch_shell: sets shell, and DOTNET_ROOT as a Windows path
fetch_shell() {
    local log=$work/runtime.log
    shell=$("$root/tests/pester/shell/fetch" win 9>&-) || return 1
    # shellcheck source=/dev/null
    if ! (cd "$root" && . tests/pester/shell/private-sdk.sh && dotnet build tests/wine/runtime -nologo -v:quiet >"$log" 2>&1 9>&-); then
        cat "$log" >&2
        echo "The .NET runtime for Windows could not be fetched from the package registry." >&2
        return 1
    fi
    DOTNET_ROOT=$(windows_path "$root/artifacts/shell/dotnet-win")
    export DOTNET_ROOT
}
