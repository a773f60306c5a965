#!/bin/sh
# Makes the secrets that are not there yet: `sudo sh deploy/make-secrets.sh FOLDER`. Never changes one that is.
set -eu
folder=$1
group=${SECRETS_GROUP:-10001}
umask 077

make() {
    if [ ! -e "$folder/$1" ]; then
        head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$folder/$1.new"
        mv "$folder/$1.new" "$folder/$1"
        echo "made $1"
    fi
    # Containers read them as members of this group, and nobody else but root.
    chgrp "$group" "$folder/$1"
    chmod 440 "$folder/$1"
}

mkdir -p "$folder/vault"
for name in secret_key broker_password; do make "$name"; done
for role in admin owner web worker backup; do make "database_${role}_password"; done
if [ -z "$(ls "$folder/vault")" ]; then make vault/1; fi
chgrp "$group" "$folder/vault"
chmod 750 "$folder/vault"
