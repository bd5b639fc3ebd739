#!/bin/sh
# Sets up .venv for `run`, `dev` or `bench`. Needs Python 3.11 or newer and a shell; on Debian as root it brings the rest.
set -eu
cd "$(dirname "$0")/.."
what=${1:-run}
uv_version=0.13.8
stamp=.venv/set-up-for-$what

say() { printf '%s\n' "$*" >&2; }

is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() {
    # Package lists may be missing or old on a bare machine: ask for them once, and only when something is to be installed.
    [ -n "${lists_are_fresh:-}" ] || { apt-get update -qq >/dev/null 2>&1 || true; lists_are_fresh=yes; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

find_python() {
    for name in python3.11 python3.12 python3.13 python3 python3.14; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$name"
            return
        fi
    done
    return 1
}

voice() {
    command -v flite >/dev/null 2>&1 && return
    if is_debian_root; then
        apt_install flite || say "setup: flite, a better plain voice, could not be installed; going on without it."
    elif [ "$(uname)" != Darwin ]; then
        say "setup: flite, a better plain voice, is not installed; going on without it. On Debian: sudo apt-get install flite"
    fi
}

tests_need() {
    # A browser and what its driver is linked with, and a database server: the tests use real ones.
    missing=""
    command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
    if command -v ldconfig >/dev/null 2>&1; then
        ldconfig -p | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
    fi
    [ -z "$missing" ] && return
    # shellcheck disable=SC2086
    if is_debian_root && apt_install $missing; then return; fi
    say "setup: the tests need$missing. On Debian: sudo apt-get install$missing"
}

voice
[ "$what" != dev ] || tests_need
if [ -f "$stamp" ] && [ "$stamp" -nt uv.lock ] && [ "$stamp" -nt pyproject.toml ]; then
    exit 0
fi

python=$(find_python) || {
    if is_debian_root && apt_install python3 && python=$(find_python); then :; else
        say "setup: Python 3.11 or newer is needed, and was not found."
        exit 1
    fi
}

if [ ! -x .venv/bin/uv ] || ! .venv/bin/uv --version | grep -q " $uv_version"; then
    say "setup: making .venv with $python"
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if ! is_debian_root || ! apt_install "python$version-venv"; then
            say "setup: this Python can not make environments. On Debian: sudo apt-get install python$version-venv"
            exit 1
        fi
    fi
    "$python" -m venv --clear .venv
    .venv/bin/pip install --quiet --disable-pip-version-check "uv==$uv_version"
fi

case $what in
    run) groups="--no-default-groups" ;;
    dev) groups="--group dev" ;;
    bench) groups="--group dev --group bench" ;;
    *) say "setup: '$what' is not one of run, dev, bench."; exit 2 ;;
esac
say "setup: installing what uv.lock names"
# --inexact keeps uv itself, and what a wider set-up has installed before; --system-certs trusts whom the machine trusts.
# shellcheck disable=SC2086
UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON=.venv/bin/python UV_PYTHON_DOWNLOADS=never \
    .venv/bin/uv sync --system-certs --quiet --frozen --inexact --extra natural $groups
touch "$stamp"
