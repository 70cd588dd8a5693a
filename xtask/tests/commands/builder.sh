#!/bin/sh
# A cargo that compiles nothing, and says of each of the packages BROKEN that it does not compile, if the workspace has it.
# Where the workspace names UNRESOLVED, its packages are not found; TROUBLE is what the compiler says of no source. Otherwise
# the program that it has built is this file as well, which then stands for the judge: it writes the report REPORT and ends
# with the status JUDGED. Whatever it is asked for stands in LOG; asked for SLEEPS, it notes its process down, and sleeps.
echo "${0##*/} $*" >> "$LOG"
for word in "$@"; do
    [ "$word" = "$SLEEPS" ] && echo $$ > "$LOG.new" && mv "$LOG.new" "$LOG.process" && exec sleep 60
    [ "$previous" = "--manifest-path" ] && manifest=$word
    [ "$previous" = "--report" ] && report=$word
    previous=$word
done
if [ "$1" = "build" ] || [ "$1" = "metadata" ]; then
    status=0
    if [ -n "$UNRESOLVED" ] && grep -q "$UNRESOLVED" "$manifest"; then
        echo "error: no matching package" >&2
        exit 101
    fi
    [ "$1" = "metadata" ] && exit 0
    for package in $BROKEN; do
        grep -q "package.$package\]" "$manifest" || continue
        printf '{"target":{"name":"%s"},"message":{"level":"warning","rendered":"warning: unused"}}\n' "$package"
        printf '{"target":{"name":"%s"},"message":{"level":"error","rendered":"%s","spans":[{}]}}\n' "$package" \
            'error[E0425]: cannot find value `x`\n --> bindings/src/lib.rs:7:1\n'
        printf '{"target":{"name":"%s"},"message":{"level":"error","rendered":"error: another","spans":[{}]}}\n' "$package"
        status=101
    done
    if [ -n "$TROUBLE" ]; then
        printf '{"target":{"name":"client_of_lineworks_partner"},"message":{"level":"error","rendered":"%s","spans":[]}}\n' "$TROUBLE"
        status=101
    fi
    [ "$status" = 0 ] && printf '{"target":{"name":"judge"},"executable":"%s"}\n' "$0"
    exit "$status"
fi
[ -n "$REPORT" ] && printf '%s' "$REPORT" > "$report/contract.json"
echo "judged"
exit "$JUDGED"
