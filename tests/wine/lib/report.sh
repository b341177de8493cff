# shellcheck shell=bash
# Closing lines, and the check of other programs' closing lines.

# report_counts PASSED FAILED SKIPPED
report_counts() {
    echo "$1 passed, $2 failed, $3 skipped"
}

# report_check LOG EXIT_CODE: prints the closing line that LOG ends with; fails unless it is there, nothing failed,
# something passed, and the exit code is 0. A program that crashes under Wine ends with exit code 0 and without that line.
report_check() {
    local log=$1 code=$2 line
    line=$(tr -d '\r' <"$log" | sed -n -E 's/^([0-9]+ passed, [0-9]+ failed, [0-9]+ skipped)$/\1/p' | tail -n 1)
    if [ -z "$line" ]; then
        echo "FAIL the program ended with code $code and without its closing line: it crashed or was killed" >&2
        report_counts 0 1 0
        return 1
    fi

    if [ "$code" -ne 0 ] && [[ $line == *", 0 failed, "* ]]; then
        echo "FAIL the program reported no failure but ended with code $code" >&2
        report_counts 0 1 0
        return 1
    fi

    echo "$line"
    [ "$code" -eq 0 ] && [[ $line == *", 0 failed, "* ]] && [[ $line != "0 passed, "* ]]
}
