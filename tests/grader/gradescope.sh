#!/bin/sh
# gradescope.sh NAME: dist/gradescope-NAME.zip, to upload as the autograder of an assignment. Gradescope's containers
# have no user namespaces, so the grader takes the rung chroot there. AUTOGRADER is where Gradescope has its folders,
# for trying it elsewhere.
set -eu
name=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p dist "$tmp/suite"
git ls-files | grep -Ev '^(tests/grader/tests/hostile|\.ci|plots/thumbs)/' | tar -cf - -T - | tar -xf - -C "$tmp/suite"
python3 -c 'import secrets; print(secrets.token_hex(16))' > "$tmp/secret"
cat > "$tmp/setup.sh" <<EOF
#!/bin/sh
set -eu
cd "\${AUTOGRADER:-/autograder}/source/suite"
command -v make >/dev/null || { apt-get update -qq; apt-get install -y -qq make gcc; }
make setup
make -j"\$(nproc)" kits LAB=$name
EOF
cat > "$tmp/run_autograder" <<EOF
#!/bin/sh
# Leaves results.json only when there is a grade: without one Gradescope says that the autograder failed.
set -eu
at=\${AUTOGRADER:-/autograder}
class=\$(mktemp -d) out=\$(mktemp -d)
trap 'rm -rf "\$class" "\$out"' EXIT
cp -rP "\$at/submission" "\$class/student"
rm -f "\$at/results/results.json"
suite=\$at/source/suite
python3 "\$suite/tests/grader/grade" class "\$suite/build/kits/$name" "\$class" "\$out" \\
    --secret "\$(cat "\$at/source/secret")" --jobs 1
cp "\$out/gradescope/student.json" "\$at/results/results.json.new"
mv "\$at/results/results.json.new" "\$at/results/results.json"
EOF
chmod 755 "$tmp/setup.sh" "$tmp/run_autograder"
rm -f "dist/gradescope-$name.zip"
python3 - "$tmp" "dist/gradescope-$name.zip" <<'EOF'
import os, sys, zipfile
root, to = sys.argv[1:]
with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as z:
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            z.write(os.path.join(folder, name), os.path.relpath(os.path.join(folder, name), root))
EOF
echo "dist/gradescope-$name.zip"
