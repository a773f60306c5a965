#!/bin/sh
# Becomes one process of the Procfile: `sh deploy/process.sh web`. So its commands stand in one place only.
set -eu
cd "$(dirname "$0")/.."
command=$(sed -n "s/^$1: //p" Procfile)
if [ -z "$command" ]; then
    echo "The Procfile has no process called $1." >&2
    exit 64
fi
eval "$command"
