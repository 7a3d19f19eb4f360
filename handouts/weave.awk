# weave.awk: a lab's C file as a notebook in Markdown.
#
#   awk -v printed=printed.txt -v figures=DIR -v edition=student|lecturer -v nb=0|1 -f weave.awk lab.c > lab.md
#
# Prose cells /*%% md ... */ become prose, code keeps the file's line numbers, what a STEP printed comes under the code that holds
# the STEP, and /*%% fig NAME caption */ places figures/NAME. In the lecturer's edition #ifdef SOLUTION halves are shown without
# their #else. nb=1 writes the cells that pandoc turns into an .ipynb.
BEGIN {
    while ((getline line < printed) > 0)
        if (line ~ /^-- [0-9]+\. .* --$/) { name = line; gsub(/^-- [0-9]+\. | --$/, "", name) }
        else if (name != "" && (line != "" || out[name] != "")) out[name] = out[name] line "\n"
}

function trimmed(s) { gsub(/^\n+|\n+$/, "", s); return s }

# Code gathered so far, without what its steps printed.
function flush_code() {
    if (trimmed(code) != "") {
        while (substr(code, 1, 1) == "\n") { code = substr(code, 2); first++ }
        sub(/\n+$/, "", code)
        if (nb) printf "\n::: {.cell .code}\n``` c\n%s\n```\n", code
        else printf "\n``` {.c .numberLines startFrom=\"%d\"%s}\n%s\n```\n", first, joined ? " .joined" : "", code
        if (nb) cell_open = 1
    }
    code = ""
}

# The whole cell: code, then the outputs of its steps.
function flush_cell(   i, text) {
    flush_code()
    for (i = 1; i <= steps; i++) {
        text = trimmed(out[step[i]])
        if (text == "") continue
        if (nb) printf "\n::: {.output .stream .stdout}\n```\n%s\n```\n:::\n", text
        else printf "\n``` {.out title=\"%s\"}\n%s\n```\n", step[i], text
    }
    if (cell_open) print ":::"
    cell_open = steps = joined = 0
}

function figure_file(name,   f) {
    f = figures "/" name ".gif"
    if (system("test -s '" f "'") == 0) return f
    f = figures "/" name ".png"
    if (!nb && system("test $(wc -c < '" figures "/" name ".svg') -lt 200000") == 0) f = figures "/" name ".svg"
    return f
}

# One line of a prose or figure cell; leaves the cell at its closing mark.
function prose_line(line) {
    closing = line ~ /\*\/[ \t]*$/
    sub(/[ \t]*\*\/[ \t]*$/, "", line)
    sub(/^[ \t]+/, "", line)
    if (kind == "md") print line
    else caption = caption (caption == "" || line == "" ? "" : " ") line
    if (closing && kind == "fig") printf "\n![%s](%s)\n%s", caption, figure_file(figure), nb ? "\n*" caption "*\n" : ""     # Jupyter shows no captions
    if (closing) { kind = ""; print "" }
}

/^[ \t]*\/\*%% md/  { flush_cell(); kind = "md"; print ""; next }
/^[ \t]*\/\*%% fig/ { flush_cell(); kind = "fig"; figure = $3; caption = ""; if (/\*\//) prose_line("*/"); next }
kind != ""          { prose_line($0); next }

# what is cut out changes the line numbers that follow; a notebook has none, and its cell goes on
edition == "lecturer" && /^#ifdef SOLUTION/ { in_solution = 1; if (!nb) { flush_code(); joined = 1 } next }
in_solution && /^#else/                     { hidden = 1; if (!nb) flush_code(); next }
in_solution && /^#endif/                    { in_solution = hidden = 0; next }
hidden                                      { next }

{
    if (code == "") first = NR
    if (match($0, /STEP\("[^"]+"\)/)) step[++steps] = substr($0, RSTART + 6, RLENGTH - 8)
    code = code $0 "\n"
}
END { flush_cell() }
