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

others="secret_key broker_password"
for role in admin owner web worker backup; do others="$others database_${role}_password"; done

mkdir -p "$folder/vault"
# A key that was cut off while it was made ends with .new and is none.
if ! ls "$folder/vault" | grep -qv '\.new$'; then
    # SECURITY: with another master key the site would run, seal new words with it, and open nothing of before.
    for name in $others; do
        if [ -e "$folder/$name" ]; then
            echo "vault is empty, but this site has secrets: bring its master keys back." >&2
            exit 1
        fi
    done
    make vault/1
fi
chgrp "$group" "$folder/vault"
chmod 750 "$folder/vault"
for name in $others; do make "$name"; done
