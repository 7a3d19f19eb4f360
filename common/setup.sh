#!/bin/sh
# setup.sh: install by name the packages that the README's two commands need.
# Debian and its kin: installs what is missing (with sudo unless root); when nothing is missing it is a quick no-op.
# Any other system: prints the one command to type, and changes nothing.
set -eu

packages='gcc libc6-dev make pkg-config libopenblas-dev zlib1g-dev libstb-dev dataset-fashion-mnist
          gnuplot-nox fonts-dejavu-core check unifdef pandoc bubblewrap python3'

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "setup: this is not a Debian system, so nothing was installed. The same things are here:"
    if command -v brew >/dev/null; then
        echo "  brew install gcc make pkg-config openblas zlib gnuplot check unifdef pandoc python3 libomp"
        echo "  (stb_image.h, stb_image_write.h: two files from github.com/nothings/stb, into common/)"
    elif command -v dnf >/dev/null; then
        echo "  sudo dnf install gcc make pkgconf openblas-devel zlib-devel stb_image_write-devel gnuplot check-devel" \
             "unifdef pandoc bubblewrap python3"
    elif command -v pacman >/dev/null; then
        echo "  sudo pacman -S --needed gcc make pkgconf openblas zlib stb gnuplot check" \
             "unifdef pandoc-cli bubblewrap python"
    else
        echo "  a C compiler, make, pkg-config, OpenBLAS, zlib, stb, gnuplot, Check," \
             "unifdef, pandoc, bubblewrap, python 3.11"
    fi
    echo "  Fashion-MNIST: any folder with its four IDX files, given to a lab as --data DIR."
    exit 0
fi

missing=
for p in $packages; do
    case $(dpkg-query -W -f='${Status}' "$p" 2>/dev/null) in
    'install ok installed') ;;
    *) missing="$missing $p" ;;
    esac
done
# plain gnuplot (with windows) serves as well as gnuplot-nox, and the two exclude each other
command -v gnuplot >/dev/null && missing=$(printf '%s' "$missing" | sed 's/ gnuplot-nox//')
[ -z "$missing" ] && exit 0

sudo=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "setup: not root and no sudo; ask an administrator for: apt-get install$missing" >&2
        exit 1
    }
    sudo=sudo
fi
echo "setup: installing$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086  # a list of words is meant
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
echo "setup: done"
