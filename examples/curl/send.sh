#!/bin/sh
# Sends a text, says what is wrong when it is refused, and waits until it was read.
# RECADO_KEY=… ./send.sh [TEXT]
set -eu
url=${RECADO_URL:-http://127.0.0.1:8080}
conversation=${CONVERSATION:-channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664fa2b3c4d5e6f7a8b9c0d2}
text=$(printf '%s' "${1-Your order has been confirmed.}" | sed 's/[\\"]/\\&/g')

# curl repeats what is worth repeating, after Retry-After. The key stays the same: one message, however many tries.
answer=$(curl --silent --show-error --retry 3 --retry-connrefused --write-out '\n%{http_code}' \
  --url "$url/v1/$conversation/messages" \
  --header "Authorization: Bearer $RECADO_KEY" \
  --header "Idempotency-Key: order-4012-$(date +%s)-$$" \
  --header "Content-Type: application/json" \
  --data "{\"text\": \"$text\"}")

if [ "$(printf '%s' "$answer" | tail -n 1)" != 200 ]; then
  printf '%s' "$answer" | grep -oE '"(message|field|description)":"([^"\\]|\\.)*"' >&2
  exit 1
fi
name=$(printf '%s' "$answer" | grep -o '"name":"[^"]*"' | head -n 1 | cut -d '"' -f 4)

for _ in 1 2 3 4 5 6 7 8 9 10; do
  message=$(curl --silent --show-error --fail --url "$url/v1/$name" --header "Authorization: Bearer $RECADO_KEY")
  status=$(printf '%s' "$message" | grep -o '"status":"[A-Z]*"' | head -n 1 | cut -d '"' -f 4)
  case $status in
    READ) echo "$name $status"; exit 0 ;;
    FAILED) echo "$name $status"; printf '%s\n' "$message" | grep -oE '"error":\{.*' >&2; exit 1 ;;
  esac
  sleep 1
done
echo "not read yet" >&2
exit 1
