// make_openmoji.mjs DIR: the two sheets and the list of OpenMoji 32 from the npm package openmoji, the same bytes again.
//   npm install openmoji@17.0.0 @resvg/resvg-js@2.6.2     (in any folder; DIR is its node_modules)
//   node common/data/make_openmoji.mjs node_modules
// Every drawing, in colour and as its black outline, is drawn eight times as large on white; the margin that all drawings share is cut
// off, the same for all, so that nothing is clipped and pairs stay exactly aligned; then 8 x 8 pixels are averaged into one.
// A row of the list for each tile, left to right and down: code point, group, name, and which drawing first had the same outline.
import { createRequire } from "node:module";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const modules = resolve(process.argv[2] ?? "node_modules"), here = dirname(fileURLToPath(import.meta.url));
const { Resvg } = createRequire(join(modules, "x.js"))("@resvg/resvg-js");
const SIDE = 32, TIMES = 8, COLUMNS = 67, UNITS = 72;      // a drawing is 72 x 72 units

const list = JSON.parse(readFileSync(join(modules, "openmoji/data/openmoji.json"), "utf8"));
const svg = (kind, code) => readFileSync(join(modules, `openmoji/${kind}/svg/${code}.svg`), "utf8");
const drawn = (text, width) => new Resvg(text, { fitTo: { mode: "width", value: width }, background: "white", font: { loadSystemFonts: false } }).render();

// 1. The square that holds every drawing, in units.
const PROBE = 144;
let low = PROBE, high = 0;
for (const { hexcode } of list)
    for (const kind of ["color", "black"]) {
        const { pixels } = drawn(svg(kind, hexcode), PROBE);
        for (let i = 0; i < PROBE * PROBE; i++) {
            if (pixels[4 * i] === 255 && pixels[4 * i + 1] === 255 && pixels[4 * i + 2] === 255) continue;
            const x = i % PROBE, y = Math.floor(i / PROBE);
            low = Math.min(low, x, y), high = Math.max(high, x + 1, y + 1);
        }
    }
const margin = Math.min(low, PROBE - high) * UNITS / PROBE, inner = UNITS - 2 * margin;
console.log(`${list.length} drawings; all share a margin of ${margin} of ${UNITS} units`);

// 2. Each drawn so large that the inner square has TIMES * SIDE pixels, cut, averaged.
const width = Math.round(TIMES * SIDE * UNITS / inner), from = Math.floor((width - TIMES * SIDE) / 2);
function tile(text, channels) {
    const { pixels } = drawn(text, width), out = new Uint8Array(SIDE * SIDE * channels);
    for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++)
            for (let k = 0; k < channels; k++) {
                let sum = 0;
                for (let i = 0; i < TIMES; i++)
                    for (let j = 0; j < TIMES; j++) sum += pixels[4 * ((from + TIMES * y + i) * width + from + TIMES * x + j) + k];
                out[(y * SIDE + x) * channels + k] = Math.round(sum / (TIMES * TIMES));
            }
    return out;
}

function png(path, tiles, channels) {
    const rows = Math.ceil(tiles.length / COLUMNS), w = COLUMNS * SIDE, h = rows * SIDE, raw = Buffer.alloc(h * (1 + w * channels), 255);
    for (let y = 0; y < h; y++) raw[y * (1 + w * channels)] = 0;
    tiles.forEach((t, n) => {
        for (let y = 0; y < SIDE; y++) {
            const at = (Math.floor(n / COLUMNS) * SIDE + y) * (1 + w * channels) + 1 + (n % COLUMNS) * SIDE * channels;
            raw.set(t.subarray(y * SIDE * channels, (y + 1) * SIDE * channels), at);
        }
    });
    const chunk = (type, data) => {
        const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
        out.writeUInt32BE(data.length, 0), body.copy(out, 4), out.writeUInt32BE(crc(body), body.length + 4);
        return out;
    };
    const head = Buffer.alloc(13);
    head.writeUInt32BE(w, 0), head.writeUInt32BE(h, 4), head.set([8, channels === 3 ? 2 : 0, 0, 0, 0], 8);
    writeFileSync(path, Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", head), chunk("IDAT", deflateSync(raw, { level: 9, memLevel: 9 })),
                                       chunk("IEND", Buffer.alloc(0))]));
}
const table = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0; });
const crc = (data) => { let c = 0xffffffff; for (const b of data) c = table[(c ^ b) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };

const colour = [], outline = [], first = new Map(), rows = ["code,group,name,outline"];
list.forEach(({ hexcode, group, annotation }, n) => {
    colour.push(tile(svg("color", hexcode), 3)), outline.push(tile(svg("black", hexcode), 1));
    const key = createHash("sha256").update(outline[n]).digest("hex");
    if (!first.has(key)) first.set(key, n);
    rows.push(`${hexcode},${group},${annotation.replaceAll(",", " ")},${first.get(key)}`);
});
png(join(here, "openmoji-colour.png"), colour, 3);
png(join(here, "openmoji-outline.png"), outline, 1);
writeFileSync(join(here, "openmoji.csv"), rows.join("\n") + "\n");
console.log(`${first.size} different outlines`);
