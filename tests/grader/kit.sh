#!/bin/sh
# kit.sh BUILD NAME KIT COMPILER FLAGS...: gathers in KIT all that grading lab NAME takes, from the built tree.
#   box/        what a student's source is compiled with: headers, objects, box/build.sh; nothing in it is secret
#   root/       the root of the box that a driver runs in: the libraries that it loads, and no more
#   judge, reference, points.toml, reference.txt, stub.c
set -eu
build=$1 name=$2 kit=$3; shift 3
tmp=$kit.new
rm -rf "$tmp"
mkdir -p "$tmp/box/labs" "$tmp/box/common" "$tmp/box/plots" "$tmp/root"
cp common/*.h "$tmp/box/common"
cp labs/*.h "$tmp/box/labs"
cp plots/*.h "$tmp/box/plots"
cp tests/harness/watch.sh "$tmp/box"
cp "$build/tests/labs/$name/judge" "$tmp/judge"
cp "$build/driver/solutions/$name" "$tmp/reference"
cp "tests/labs/$name/points.toml" "$tmp/points.toml"
cp "tests/labs/$name/reference.txt" "$tmp/reference.txt"
cp "$build/cut/$name.c" "$tmp/stub.c"
cp "$build/libgen.a" "$build/tests/labs/$name/cases.o" "$build/tests/harness/driver.o" "$tmp/box"
plot=
[ ! -f "$build/plots/${name}_plot.o" ] || { cp "$build/plots/${name}_plot.o" "$tmp/box"; plot=${name}_plot.o; }

# The functions of the lab that the driver's side calls stay visible; whatever else a student names is the student's
# own.
nm -u "$tmp"/box/*.o | sed -n 's/^ *[Uw] //p' | sort -u > "$tmp/wanted"
nm -g --defined-only "$build/driver/solutions/$name.o" | sed 's/.* //' | sort -u |
    comm -12 - "$tmp/wanted" > "$tmp/box/keep"
rm "$tmp/wanted"

# With less optimisation than a student's own build, which takes half the time; `make stability` shows that verdicts are
# the same at -O0 and -O3.
cat > "$tmp/box/build.sh" <<EOF
# build.sh: labs/$name.c -> driver
set -eu
: > started
limits='-fmax-errors=20 -fno-diagnostics-show-caret -fdiagnostics-color=never -ftrack-macro-expansion=0 -w'
$* -Icommon -Ilabs -Iplots -DSHIPPED_DATA='"data"' -O1 \$limits -ftrivial-auto-var-init=pattern -Dmain=lab_main \\
    -c labs/$name.c -o lab.o
sh watch.sh lab.o
objcopy --keep-global-symbols=keep lab.o
# a function that is missing is not written yet; the others are graded all the same
nm -g --defined-only lab.o | sed 's/.* //' | sort -u | comm -13 - keep | grep -vx lab_main | while read -r function; do
    cat > missing.c <<END
void die(int, const char *, ...);
void \$function(void)
{
    die(3, "$name.c: \$function is not written yet: there is no function of this name. To test it");
}
END
    cc -w -c missing.c -o "missing_\$function.o"
done
cc -fopenmp lab.o \$(ls missing_*.o 2>/dev/null) cases.o driver.o $plot libgen.a \\
    -Wl,--wrap=arena_alloc,--wrap=arena_rewind,--wrap=arena_reset,--wrap=arena_free -lopenblas -lz -lm -o driver
EOF

ldd "$build/driver/solutions/$name" | sed -n 's,.*=> \(/[^ ]*\).*,\1,p; s,^\t\(/[^ ]*\) (.*,\1,p' |
while read -r library; do
    mkdir -p "$tmp/root$(dirname "$library")"
    cp -L "$library" "$tmp/root$library"
done
: > "$tmp/root/d"                           # where the driver is mounted
lab=tests/labs/$name
cat "$tmp/points.toml" "$tmp/reference.txt" "$lab/cases.c" "$lab/judge.c" tests/harness/driver.c tests/harness/judge.c |
    sha256sum | cut -c1-12 > "$tmp/version"
echo "$name" > "$tmp/name"
rm -rf "$kit"
mv "$tmp" "$kit"
