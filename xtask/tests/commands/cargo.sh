#!/bin/sh
# A cargo that says what it was asked for, and ends with the status STATUS where one of the words is FAILS_AT.
echo "cargo $*"
echo "flags $RUSTDOCFLAGS"
for word in "$@"; do
    [ "$word" = "$FAILS_AT" ] && exit "$STATUS"
done
exit 0
