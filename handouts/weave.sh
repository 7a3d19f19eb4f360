#!/bin/sh
# weave.sh NAME OUT CUT: OUT/handouts/NAME-student and NAME-lecturer, each as self-contained HTML and as .ipynb.
# Theory (handouts/NAME.md) comes first, then the notebook woven from the lab's C file. {{metric}} or {{metric:%.3f}} in
# either is replaced by that number of OUT/NAME/metrics.csv, so no number in a handout is typed; {{metric?:%.3f}} by a
# dash where a small run has no such metric. {{table ablation}}, on a line of its own, is replaced by a table of
# OUT/NAME/ablation.csv.
set -eu
name=$1 out=$2 cut=$3             # CUT/NAME.c: the untouched stubs, whatever somebody wrote in labs/
command -v pandoc >/dev/null || { echo "handouts: pandoc is not there; make setup" >&2; exit 1; }
mkdir -p "$out/handouts"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if pandoc --help | grep -q embed-resources; then embed=--embed-resources; else embed=--self-contained; fi

numbers() {
    awk -F, -v file="$out/$name/metrics.csv" '
        BEGIN { while ((getline < file) > 0) value[$1] = $2 }
        /^\{\{table [A-Za-z0-9_]+\}\}$/ {
            csv = "'"$out/$name"'/" substr($0, 9, length($0) - 10) ".csv"
            for (row = 0; (getline line < csv) > 0; row++) {
                columns = split(line, cell, ",")
                if (row == 0) gsub("_", " ", line)
                gsub(",", " | ", line)
                print "| " line " |"
                if (row > 0) continue
                printf "|---|"
                for (column = 2; column <= columns; column++) printf "---:|"
                print ""
            }
            close(csv)
            if (row > 0) next
            print "handouts: no table " csv > "/dev/stderr"
            exit 1
        }
        {
            while (match($0, /\{\{[A-Za-z0-9_]+[?]?(:%[^}]*)?\}\}/)) {
                split(substr($0, RSTART + 2, RLENGTH - 4), part, ":")
                optional = sub(/[?]$/, "", part[1])
                if (part[1] in value) {
                    text = part[2] ? sprintf(part[2], value[part[1]]) : value[part[1]]
                } else if (optional) {
                    text = "–"
                } else {
                    print "handouts: no metric " part[1] " in " file > "/dev/stderr"
                    exit 1
                }
                $0 = substr($0, 1, RSTART - 1) text substr($0, RSTART + RLENGTH)
            }
            print
        }'
}

cat >"$work/kernel.yaml" <<'EOF'
jupyter:
  kernelspec: {name: c, language: c, display_name: C}
  language_info: {name: c, file_extension: .c}
EOF
for edition in student lecturer; do
    [ $edition = student ] && source=$cut/$name.c || source=solutions/$name.c
    for nb in 0 1; do
        {
            if [ $nb = 1 ]; then        # a notebook has no title page: its title becomes the first heading
                awk '/^title:/ && !t { t = $0; sub(/^title: *"?/, "", t); sub(/"$/, "", t) }
                     { print } /^---$/ && ++marks == 2 { print "\n# " t "\n" }' "handouts/$name.md"
            else cat "handouts/$name.md"; fi
            printf '\n# The notebook\n\n'
            awk -v printed="$out/$name/printed.txt" -v figures="$out/figures" -v edition=$edition -v nb=$nb \
                -f handouts/weave.awk "$source"
        } | numbers >"$work/$nb.md"
    done
    page=$out/handouts/$name-$edition
    pandoc "$work/0.md" --standalone --mathml $embed --css handouts/style.css --highlight-style=tango \
        --toc --toc-depth=2 -M subtitle="The $edition's edition" -o "$page.html.tmp" -t html
    pandoc "$work/1.md" --resource-path=. --metadata-file="$work/kernel.yaml" -t ipynb -o "$page.ipynb.tmp"
    mv "$page.html.tmp" "$page.html"
    mv "$page.ipynb.tmp" "$page.ipynb"
    echo "  WEAVE  $page.{html,ipynb}"
done
