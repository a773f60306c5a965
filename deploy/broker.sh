#!/bin/sh
# Starts the broker with a password that stands on no command line. It keeps nothing: PostgreSQL knows every job.
set -eu
umask 077
settings=${BROKER_SETTINGS:-/tmp/broker.conf}
{
    # SECURITY: what is in the broker decides what workers begin.
    printf 'requirepass %s\n' "$(cat "${BROKER_PASSWORD_FILE:-/run/secrets/broker_password}")"
    printf '%s\n' 'port 6379' 'save ""' 'appendonly no' 'maxmemory 128mb' 'maxmemory-policy noeviction'
    printf '%s\n' 'dir /tmp' 'loglevel warning'
} >"$settings"
exec "${BROKER_PROGRAM:-valkey-server}" "$settings" "$@"
