# shellcheck shell=bash
# Only brings what the step pester needs from the package registry, so that it can run later without. tests/wine/run shell

step_main() {
    if bring_shell; then report_counts 1 0 0; else report_counts 0 1 0; return 1; fi
}
