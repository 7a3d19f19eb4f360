#!/bin/sh
# release.sh VERSION: dist/dgn-labs-VERSION.tar.gz, what students get: everything but solutions, wrong and unusual
# versions of them, and the instructor's tools. The values that their reports compare with are those of the public seed
# (tests/labs/*/reference.txt).
set -eu
version=$1 name=dgn-labs-$1
git rev-parse --is-inside-work-tree >/dev/null 2>&1 || {
    echo "release: this is no git repository, so what belongs to it is not known" >&2
    exit 1
}
mkdir -p dist
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
git ls-files | grep -Ev '^(solutions|tests/(grader|suite|library|bench)|\.ci|\.github)/' |
    grep -Ev '^tests/labs/[^/]*/(mutants|variants|processes)/' |
    grep -Ev '^tests/labs/[^/]*/(mutants\.toml|recompute\.py)$|^tests/harness/version\.h$' > "$tmp/list"
tar -cf "$tmp/all.tar" --transform "s,^,$name/," --sort=name --mtime="@$(git log -1 --format=%ct)" \
    --owner=0 --group=0 --numeric-owner -T "$tmp/list"
gzip -n9 < "$tmp/all.tar" > "$tmp/all.tar.gz"
mv "$tmp/all.tar.gz" "dist/$name.tar.gz"
echo "dist/$name.tar.gz: $(wc -l < "$tmp/list") files"
