# shellcheck shell=bash
# Runs a suite once more, alone, in which one or two tests failed while other steps ran beside it: a test that waits for other processes
# can be late there by chance. If everything passes then, the run goes on, and the report names the tests as unsteady: each is a fault to
# mend. A suite that ended early, took too long or failed in many tests is not run again, nor is anything when several steps failed, nor when steps are named on the command line.

#
# Never the soaks, peers, security and long tests: what they look for happens by chance, and once is too often.
readonly unsteady_may='|tests|demo|pester|wine: demo|wine: tests|wine: pester|wine: package|mono|benchmarks (do they run)|'
readonly unsteady_tests_at_most=2 unsteady_steps_at_most=2

# unsteady_steps: lane and name of each step that may be run again
unsteady_steps() {
  awk -F'\t' -v may="$unsteady_may" -v tests="$unsteady_tests_at_most" -v steps="$unsteady_steps_at_most" '
    $6 == 0 { next }
    { failed++ }
    index(may, "|" $4 "|") && $6 <= tests && ($8 == "" || $8 ~ /^ended with code [0-9]+$/) { step[++n] = $3 "\t" $4 }
    END { if (failed <= steps && n == failed) for (i = 1; i <= n; i++) print step[i] }' "$logs/results.tsv"
}

# run_unsteady_again: replaces the results of those steps; first_log has what failed the first time
run_unsteady_again() {
  local again lane name id
  again=$(unsteady_steps)
  [ "${#wanted_steps[@]}" -eq 0 ] && [ -n "$again" ] || return 0
  while IFS=$'\t' read -r lane name; do
    id=$(id_of "$name")
    say "--- $name: once more, alone"
    mv "$logs/$id.log" "$(first_log "$name")"
    rm -rf "$logs/ran/$id.raw" "$logs/trx/$id"
    awk -F'\t' -v name="$name" '$4 != name' "$logs/results.tsv" >"$logs/others.tsv"
    mv "$logs/others.tsv" "$logs/results.tsv"
    wanted_steps=("$name")
    start_lane "$lane"
    wait
  done <<<"$again"
  wanted_steps=()
}

first_log() { printf '%s/%s.first.log' "$logs" "$(id_of "$1")"; }

# report_unsteady: what failed beside other steps and passed alone
report_unsteady() {
  local name test
  while IFS=$'\t' read -r name; do
    [ -f "$(first_log "$name")" ] || continue
    while read -r test; do echo "UNSTEADY: $name: $test"; done < <(failures "$(first_log "$name")")
  done < <(awk -F'\t' '$6 == 0 { print $4 }' "$logs/results.tsv")
}
