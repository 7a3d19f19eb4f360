#!/bin/sh
# systems.sh [bookworm] [trixie] [epyc] [arm64]: the README's two commands on fresh systems, as root; before a release.
#
#   bookworm, trixie   Debian 12 and 13 in build/systems/, each with git, make and gcc only:
#                      `make setup figures QUICK=1` and `make setup test`. The quick runs must leave the same bytes
#                      on both: the digits of the handouts are everybody's.
#   epyc               The quick runs on an emulated AMD EPYC, compiled for Haswell, against the same on this
#                      processor: the same bytes, though OpenBLAS and libm would pick other code there by themselves.
#                      LABS='02 08' tries these alone.
#   arm64              Debian 12 for another processor, emulated. Everything is compiled for it by a cross compiler, and
#                      runs there: the library's tests, labs 01 and 08 with their judges. Its digits are its own, since
#                      OpenBLAS has other kernels there.
#
# FIGURES_ONLY=1 leaves out `make setup test`, which takes the longest.
set -eu
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || { echo "systems: must be root, for debootstrap and chroot" >&2; exit 1; }
systems=${*:-bookworm trixie epyc arm64}
mkdir -p build/systems
failed=

# need COMMAND=PACKAGE...
need() {
    for tool; do
        command -v "${tool%%=*}" >/dev/null && continue
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "${tool#*=}" >/dev/null
    done
}

# inside ROOT COMMAND: in a mount namespace of its own, so that nothing stays mounted
inside() {
    # shellcheck disable=SC2016  # the inner shell expands these
    unshare --mount sh -euc 'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; exec chroot "$1" sh -euc "$2"' \
        sh "$1" "$2"
}

# copy ROOT: this tree as it is, without what git ignores
copy() {
    rm -rf "$1/suite"
    mkdir -p "$1/suite"
    git ls-files -co --exclude-standard -z | tar --null -cf - -T - | tar -xf - -C "$1/suite"
}

two_commands() {
    root=$PWD/build/systems/$1
    need debootstrap=debootstrap
    [ -f "$root/etc/debian_version" ] ||
        debootstrap --variant=minbase --include=git,make,gcc,libc6-dev,ca-certificates "$1" "$root" >"$root.log"
    copy "$root"
    inside "$root" 'cd /suite; make QUICK=1 setup figures' || failed="$failed $1:figures"
    sh tests/suite/sums.sh "$root/suite/out/quick" >"$root.sums"
    [ -n "${FIGURES_ONLY:-}" ] || inside "$root" 'cd /suite; make setup test' || failed="$failed $1:test"
}

other_processor() {
    need qemu-x86_64-static=qemu-user-static
    programs=$(ls solutions | sed -n 's|^\([0-9].*\)\.c$|build-haswell/solutions/\1|p')
    # shellcheck disable=SC2086  # a list of words is meant
    make -sj"$(nproc)" BUILD=build-haswell CFLAGS=-march=haswell $programs || { failed="$failed epyc:build"; return; }
    rm -rf build/systems/epyc build/systems/here
    for program in $programs; do
        lab=$(basename "$program")
        case " ${LABS:-${lab%%_*}} " in *" ${lab%%_*} "*) ;; *) continue ;; esac
        set -- "$program" --quick --threads 1 --out
        "$@" "build/systems/here/$lab" >/dev/null 2>&1 || failed="$failed here:$lab"
        qemu-x86_64-static -cpu EPYC-Rome "$@" "build/systems/epyc/$lab" >/dev/null 2>&1 || failed="$failed epyc:$lab"
    done
    sh tests/suite/sums.sh build/systems/here >build/systems/here.sums
    sh tests/suite/sums.sh build/systems/epyc >build/systems/epyc.sums
    compare here epyc
}

# compare A B: the checksums of two sets of quick runs
compare() {
    first=build/systems/$1.sums second=build/systems/$2.sums
    [ -f "$first" ] && [ -f "$second" ] || return 0
    echo "systems: $(wc -l <"$first") files of $1 against $2"
    cmp -s "$first" "$second" && return
    echo "systems: these differ:"
    diff "$first" "$second" | sed -n 's/^< [0-9a-f]*  /  /p'
    failed="$failed $1-$2"
}

emulated() {
    root=$PWD/build/systems/arm64
    need debootstrap=debootstrap update-binfmts=binfmt-support qemu-aarch64-static=qemu-user-static \
        aarch64-linux-gnu-gcc=gcc-aarch64-linux-gnu
    [ -e /proc/sys/fs/binfmt_misc/register ] || mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
    [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] || update-binfmts --enable qemu-aarch64
    [ -f "$root/etc/debian_version" ] || debootstrap --arch=arm64 --variant=minbase \
        --include=libopenblas-dev,zlib1g-dev,libstb-dev,check,libgomp1,libc6-dev bookworm "$root" >"$root.log"
    copy "$root"
    cross=aarch64-linux-gnu
    blas=$cross/openblas-pthread
    make -C "$root/suite" -sj"$(nproc)" BUILD=build PKG_CONFIG=false GOLD= SHIPPED=/suite/common/data \
        CC="$cross-gcc --sysroot=$root" AR=$cross-ar OBJCOPY=$cross-objcopy NM=$cross-nm \
        CFLAGS="-I$root/usr/include/$blas -L$root/usr/lib/$blas" build || { failed="$failed arm64:build"; return; }
    inside "$root" 'cd /suite
        export CK_TIMEOUT_MULTIPLIER=20         # of each test of the library: emulation is slow
        bad=0
        for program in build/tests/library/test_*; do
            case $program in *.*) ;; *) $program || bad=1 ;; esac
        done
        exit $bad' || failed="$failed arm64:library"
    for lab in 01_linear_ae 08_gan; do
        driver=build/driver/solutions/$lab
        settings="JUDGE_DRIVER=$driver JUDGE_REFERENCE=$driver JUDGE_SEED=1"
        inside "$root" "cd /suite; $settings build/tests/labs/$lab/judge" || failed="$failed arm64:$lab"
    done
}

for system in $systems; do
    echo "==== $system ===="
    case $system in
    arm64) emulated ;;
    epyc) other_processor ;;
    bookworm | trixie) two_commands "$system" ;;
    *) echo "systems: '$system' is none of bookworm, trixie, epyc, arm64" >&2; exit 2 ;;
    esac
done

compare bookworm trixie
if [ -n "$failed" ]; then
    echo "systems: failed:$failed"
    exit 1
fi
echo "systems: all is well on $systems"
