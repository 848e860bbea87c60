# Sourced by .ci/run and .ci/slow: names each gate, and holds what both need.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

gate() {
    printf '\n== %s (%ss)\n' "$1" "$SECONDS"
}

# Exact versions for every pip, new or old, and for the build backend that it fetches.
pin() {
    export PIP_CONSTRAINT=$project/.ci/constraints.txt PIP_BUILD_CONSTRAINT=$project/.ci/constraints.txt
}

unpin() {
    unset PIP_CONSTRAINT PIP_BUILD_CONSTRAINT
}

# The developers' tools, in an environment that is kept until the pins or the groups change.
tools() {
    local wanted
    wanted=$(cat pyproject.toml .ci/constraints.txt | cksum)
    if [ "$(cat .venv-ci/made-for 2>/dev/null || true)" != "$wanted" ]; then
        python3 -m venv --clear .venv-ci
        .venv-ci/bin/pip install -qq --upgrade pip
        .venv-ci/bin/pip install -qq --group dev -e '.[test]'
        echo "$wanted" > .venv-ci/made-for
    fi
}

# README's own command, taken from its text: `readme_command demo` or `readme_command pytest`.
readme_command() {
    local found
    found=$(grep -E "^python3 -m venv \.venv && .*$1\$" README.md)
    [ "$(printf '%s\n' "$found" | wc -l)" -eq 1 ] || { echo "README.md must hold one command that ends with $1" >&2; return 1; }
    printf '%s\n' "$found"
}

# Pyright brings its own Node.js as a package, whatever the machine has.
export PYRIGHT_PYTHON_GLOBAL_NODE=off PYRIGHT_PYTHON_IGNORE_WARNINGS=1
export PIP_DISABLE_PIP_VERSION_CHECK=1 NO_MKDOCS_2_WARNING=1
