#!/bin/sh
# Finds a Python that is new enough and hands over to bootstrap.py, which needs nothing else.
set -eu
cd "$(dirname "$0")/.."

for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if command -v "$python" >/dev/null 2>&1 &&
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -m scripts.bootstrap "$@"
    fi
done

if command -v apt-get >/dev/null 2>&1; then bring="apt-get install -y python3 python3-venv"
elif command -v dnf >/dev/null 2>&1; then bring="dnf install -y python3.11"
elif command -v apk >/dev/null 2>&1; then bring="apk add python3"
elif command -v pacman >/dev/null 2>&1; then bring="pacman -S --noconfirm python"
elif command -v zypper >/dev/null 2>&1; then bring="zypper install -y python311"
elif command -v brew >/dev/null 2>&1; then bring="brew install python@3.12"
else bring=""; fi
if [ -n "$bring" ] && [ "${bring#brew}" = "$bring" ] && [ "$(id -u)" != 0 ]; then bring="sudo $bring"; fi
echo "Python 3.11 or newer is missing.${bring:+ This brings it: $bring}" >&2
exit 1
