#!/bin/sh
# A cargo that compiles nothing, and says of each of the packages BROKEN that it does not compile, if the workspace has it.
# Otherwise the program that it has built is this file as well, which then stands for the judge: it writes the report REPORT
# and ends with the status JUDGED. Whatever it is asked for stands in LOG.
echo "${0##*/} $*" >> "$LOG"
if [ "$1" = "build" ]; then
    manifest=
    for word in "$@"; do
        [ "$previous" = "--manifest-path" ] && manifest=$word
        previous=$word
    done
    status=0
    for package in $BROKEN; do
        grep -q "package.$package\]" "$manifest" || continue
        printf '{"target":{"name":"%s"},"message":{"level":"warning","rendered":"warning: unused"}}\n' "$package"
        printf '{"target":{"name":"%s"},"message":{"level":"error","rendered":"%s"}}\n' "$package" \
            'error[E0425]: cannot find value `x`\n --> bindings/src/lib.rs:7:1\n'
        printf '{"target":{"name":"%s"},"message":{"level":"error","rendered":"error: another"}}\n' "$package"
        status=101
    done
    if [ -n "$RESOLVES" ] && grep -q "$RESOLVES" "$manifest"; then
        echo "error: no matching package" >&2
        status=101
    fi
    [ "$status" = 0 ] && printf '{"target":{"name":"judge"},"executable":"%s"}\n' "$0"
    exit "$status"
fi
for word in "$@"; do
    [ "$previous" = "--report" ] && [ -n "$REPORT" ] && printf '%s' "$REPORT" > "$word/contract.json"
    previous=$word
done
echo "judged"
exit "$JUDGED"
