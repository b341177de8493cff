#!/usr/bin/env bash
# A hostile account at work: random links, files, truncation, locks and connections. hostile.sh ATTACKER DOOR SECONDS
# It fills neither /dev/shm nor the processors: that is a matter of quotas, not of this protocol.
attacker=$1 door=$2 end=$((SECONDS + $3))
while [ "$SECONDS" -lt "$end" ]; do
  n=$((RANDOM % 50))
  case $((RANDOM % 8)) in
    0) "$attacker" link /dev/shm/winmmf.busy /dev/shm/winmmf.link$n ;;
    1) "$attacker" plain /dev/shm/winmmf.file$n $((RANDOM % 20000)) ;;
    2) "$attacker" toggle /dev/shm/winmmf.toggle$n 8192 1 & ;;
    3) "$attacker" lock /dev/shm/winmmf.busy read 1 & ;;
    4) "$attacker" lock /dev/shm/winmmf.file$n write 1 & ;;
    5) "$attacker" knock "$door" $((RANDOM % 30)) 1 & ;;
    6) "$attacker" lie "$door" 1 & ;;
    7) "$attacker" may /dev/shm/winmmf.busy ;;
  esac
  rm -f /dev/shm/winmmf.file$n /dev/shm/winmmf.link$n /dev/shm/winmmf.toggle$n
  sleep 0.05
done
wait
