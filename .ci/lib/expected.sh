# shellcheck shell=bash
# Which tests ran, and which were to run. .ci/expected-tests.tsv has a line for each test that is known: its name, a tab, and how often
# it runs in which step ("tests wine-tests=3": once in the one, three times in the other). A test that is listed and does not run turns
# its step red, so that none is taken away, or left out by a suite that ends early, unseen. Names and not counts: who takes one away and adds
# another is found too, and the log can say which. A new test needs no line; .ci/accept-tests writes the list from the last run.

# ran_tests ID LOG: the tests of a step, one name a line for each time that one had a result.
# From the list that a suite writes (WINMMF_RAN) or else the lines "pass: …" and "ok …" of its log, and from the result files of
# dotnet test. Of xunit's names remain class and method, because arguments may have addresses in them, and namespaces change. The numbers
# in a script's lines are left out.
ran_tests() {
  local raw=$logs/ran/$1.raw results=$logs/trx/$1 class='s/\(.*//; s/.*\.([^.]+\.[^.]+)$/\1/'
  if [ -f "$raw" ]; then
    tr -d '\r' <"$raw" | cut -f2- | sed -E "/\.Tests\.ps1: /! { $class }"
  else
    tr -d '\r' <"$2" | sed -nE 's/^(pass|FAIL|skip): (.*)/\2/p; s/^(ok|FAIL) +(.*)/\2/p' | sed -E 's/: (holds|fails).*//; s/[0-9]+/#/g'
  fi
  if [ -d "$results" ]; then
    cat "$results"/*.trx | grep -oE '<UnitTestResult [^>]*' | sed -E 's/.* testName="([^"]*)".*/\1/' | sed -E "$class"
  fi
}

# missing_tests ID LOG: what is listed for a step and did not run so often
missing_tests() {
  ran_tests "$1" "$2" | LC_ALL=C sort >"$logs/ran/$1.txt"
  awk -F'\t' -v step="$1" '
    FILENAME == ARGV[1] { ran[$0]++; next }
    {
      n = split($2, part, " ")
      for (i = 1; i <= n; i++) {
        split(part[i], pair, "="); times = pair[2] == "" ? 1 : pair[2]
        if (pair[1] == step && ran[$1] < times) print $1 (times > 1 ? " (" ran[$1] + 0 " of " times " times)" : "")
      }
    }' "$logs/ran/$1.txt" .ci/expected-tests.tsv
}
