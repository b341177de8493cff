#!/usr/bin/env bash
# A hostile account at work: random links, files, truncation, locks, forged sections and connections.
#   hostile.sh ATTACKER DOOR SECONDS ATTACKER2 ORDINARY-ACCOUNT PUBLISHER-PID; the last line is "attacks: N"
# It fills neither /dev/shm nor the processors: that is a matter of quotas, not of this protocol.
attacker=$1 door=$2 end=$((SECONDS + $3)) second=$4 user=$5 victim=$6 attacks=0
for words in "swap /dev/shm/winmmf.swapped $3" "forge /dev/shm/winmmf.forged forged $3" "folders 0 $3" "folders $user $3" \
  "holders /dev/shm/winmmf.forged.holders forged $victim $3"; do
  # shellcheck disable=SC2086
  dotnet "$second" $words >/dev/null &
done
while [ "$SECONDS" -lt "$end" ]; do
  n=$((RANDOM % 50))
  case $((RANDOM % 10)) in
    0) "$attacker" link /dev/shm/winmmf.busy /dev/shm/winmmf.link$n ;;
    1) "$attacker" plain /dev/shm/winmmf.file$n $((RANDOM % 20000)) ;;
    2) "$attacker" toggle /dev/shm/winmmf.toggle$n 8192 1 & ;;
    3) "$attacker" lock /dev/shm/winmmf.busy read 1 & ;;
    4) "$attacker" lock /dev/shm/winmmf.file$n write 1 & ;;
    5) "$attacker" knock "$door" $((RANDOM % 30)) 1 & ;;
    6) "$attacker" lie "$door" 1 & ;;
    7) "$attacker" may /dev/shm/winmmf.busy ;;
    8) "$attacker" link /dev/shm/winmmf.theirs "/dev/shm/winmmf-$user.link$n" ;;
    9) "$attacker" plain "/dev/shm/winmmf-$user.file$n" $((RANDOM % 20000)) ;;
  esac
  attacks=$((attacks + 1))
  rm -f /dev/shm/winmmf.file$n /dev/shm/winmmf.link$n /dev/shm/winmmf.toggle$n "/dev/shm/winmmf-$user.link$n" "/dev/shm/winmmf-$user.file$n"
  sleep 0.05
done >/dev/null 2>&1
wait
echo "attacks: $attacks"
