#!/bin/sh
# A cargo that says what it was asked for, and ends with the status STATUS where one of the words is FAILS_AT, with the
# message MESSAGE if there is one.
echo "cargo $*"
echo "flags $RUSTDOCFLAGS"
for word in "$@"; do
    [ "$word" = "$FAILS_AT" ] && { [ -z "$MESSAGE" ] || printf '%s\n' "$MESSAGE" >&2; exit "$STATUS"; }
done
exit 0
