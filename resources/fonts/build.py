"""Makes the fonts of this folder from their published packages.

Run it only to change the bundle; the product uses the TTF files beside this script.
It needs fontTools, and these packages, each unpacked into a folder of its own:

    npm     @expo-google-fonts/noto-serif-sc  0.4.3    -> --serif   (BiaoSong, Song)
    npm     @expo-google-fonts/noto-sans-sc   0.4.3    -> --sans    (Hei)
    npm     @fontsource/lxgw-wenkai           5.3.0    -> --kai     (Kai, KaiLight)
    Debian  texlive-lang-chinese              2022     -> --fandol  (Fang)
    Debian  fonts-noto-core                   20201225 -> --symbols (Sym)
    Debian  unicode-data                      15       -> --unihan  (the national table, kTGH)

    python resources/fonts/build.py --serif DIR --sans DIR --kai DIR --fandol DIR --symbols DIR \
        --unihan DIR [--to DIR]
"""

import argparse
import bz2
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

SYMBOLS = set(
    "☐☑☒✓✗√㎡·①②③④⑤⑥⑦⑧⑨⑩□■○●◎◇◆△▲▽▼★☆—…〔〕〖〗《》〈〉「」『』“”‘’×÷±％‰℃№＋－＝〇→←↑↓♥※§°"
)
LATIN = {chr(code) for code in (*range(32, 127), *range(0xA0, 0x100))}
PUNCTUATION = set("“”‘’—…·")
BOXES = set("☐☑☒✓✗√㎡□■")
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # 13 and 14: the licence stays in the file
DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "gasp", "kern"]
TRUETYPE_LIMITS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
)
EM_ERROR = 0.001  # a converted outline stays this near to the drawn one, in em


def national_table(unihan: Path) -> set[str]:
    """The 8,105 characters of 通用规范汉字表."""
    found = set[str]()
    for file in sorted(unihan.rglob("Unihan_*.txt*")):
        raw = file.read_bytes()
        text = (bz2.decompress(raw) if file.suffix == ".bz2" else raw).decode()
        for line in text.splitlines():
            code, _, rest = line.partition("\tkTGH\t")
            if rest.startswith("2013:"):
                found.add(chr(int(code.removeprefix("U+"), base=16)))
    if len(found) != 8105:
        message = f"kTGH names {len(found)} characters, not 8105"
        raise SystemExit(message)
    return found


def gbk() -> set[str]:
    """Every character of GBK."""

    def pairs() -> Iterator[str]:
        for high in range(0x81, 0xFF):
            for low in range(0x40, 0xFF):
                yield bytes((high, low)).decode("gbk", "ignore")

    return {char for pair in pairs() for char in pair if not "\ue000" <= char <= "\uf8ff"}


def is_hanzi(char: str) -> bool:
    """In the basic block of Chinese characters."""
    return "\u4e00" <= char <= "\u9fff"


def is_rare(char: str) -> bool:
    """Outside the basic block: what the other faces lack and Kai may have."""
    return char > "\uffff" or "\u3400" <= char <= "\u4dbf"


def narrow(font: TTFont, chars: set[str]) -> set[str]:
    """Those of `chars` that this face draws in less than a full em, as in Latin text."""
    cmap, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return {c for c in chars if ord(c) in cmap and metrics[cmap[ord(c)]][0] < 0.9 * em}


def outlines_to_truetype(font: TTFont) -> None:
    """Replaces CFF outlines by quadratic ones: the PDF library takes nothing else."""
    glyph_set, order = font.getGlyphSet(), font.getGlyphOrder()
    error = EM_ERROR * font["head"].unitsPerEm
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    font["glyf"], font["loca"] = glyf, newTable("loca")
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    for glyph in glyphs.values():
        glyph.recalcBounds(glyf)
    metrics = font["hmtx"]
    for name in order:
        metrics[name] = (metrics[name][0], getattr(glyphs[name], "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in TRUETYPE_LIMITS:
        setattr(maxp, field, 0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, None
    font.sfntVersion = "\0\1\0\0"


def part_twins(font: TTFont) -> None:
    """Gives each character a glyph of its own, so that a PDF gives back what was typed."""
    glyf, metrics, order = font["glyf"], font["hmtx"], list(font.getGlyphOrder())
    owner: dict[str, int] = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        if owner.setdefault(glyph, code) == code:
            continue
        twin = f"{glyph}.{code:04X}"
        order.append(twin)
        font.setGlyphOrder(order)
        glyf.glyphs[twin], metrics[twin] = glyf[glyph], metrics[glyph]
        for table in font["cmap"].tables:
            if code in table.cmap:
                table.cmap[code] = twin
    glyf.glyphOrder = order


def cut(source: Path, to: Path, wanted: set[str], *, full_width: bool = False) -> set[str]:
    """Writes the `wanted` characters of a face; returns those that it had.

    full_width: leave out punctuation that this face draws narrow, so that a Chinese face
    further down the chain draws it.
    """
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = KEPT_NAMES
    options.drop_tables += DROPPED
    font = TTFont(source, recalcTimestamp=False)
    has = {chr(code) for code in font.getBestCmap()} & wanted
    if full_width:
        has -= narrow(font, PUNCTUATION)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, has))
    subsetter.subset(font)
    if "CFF " in font:
        outlines_to_truetype(font)
    part_twins(font)
    font.flavor = None
    font.save(to)
    size = to.stat().st_size / 1e6
    print(f"{to.name:14} {size:6.2f} MB  {len(has):6d} characters")
    return has


def the_one(folder: Path, pattern: str) -> Path:
    """The file of `folder` with this name."""
    found = sorted(folder.rglob(pattern))
    if len(found) != 1:
        message = f"{folder} holds {len(found)} files {pattern}, not one"
        raise SystemExit(message)
    return found[0]


def build(source: argparse.Namespace) -> None:
    """Writes the seven faces into `source.to`."""
    table = national_table(source.unihan)
    small = table | SYMBOLS | LATIN
    large = small | gbk()
    to: Path = source.to
    cut(the_one(source.serif, "*_800ExtraBold.ttf"), to / "BiaoSong.ttf", small)
    cut(the_one(source.serif, "*_400Regular.ttf"), to / "Song.ttf", large)
    cut(the_one(source.sans, "*_500Medium.ttf"), to / "Hei.ttf", large)
    kai = the_one(source.kai, "lxgw-wenkai-latin-500-normal.woff")
    rare = {chr(code) for code in TTFont(kai, lazy=True).getBestCmap() if is_rare(chr(code))}
    signs = {char for char in large if not is_hanzi(char)}
    cut(kai, to / "Kai.ttf", small | signs | rare, full_width=True)  # Song has the rest of GBK
    fang = the_one(source.fandol, "FandolFang-Regular.otf")
    has = cut(fang, to / "Fang.ttf", large, full_width=True)
    light = the_one(source.kai, "lxgw-wenkai-latin-300-normal.woff")
    cut(light, to / "KaiLight.ttf", small - has, full_width=True)
    cut(the_one(source.symbols, "NotoSansSymbols2-Regular.ttf"), to / "Sym.ttf", BOXES)


def main() -> None:
    """Takes the folders from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for name in ("serif", "sans", "kai", "fandol", "symbols", "unihan"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    build(parser.parse_args())


if __name__ == "__main__":
    main()
