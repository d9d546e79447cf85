"""Makes the bundled fonts from Inter's static OpenType files: `tabular.py INTER_DIR OUT_DIR` (needs fonttools).

JavaFX cannot switch OpenType features, and Inter's default figures are proportional: a changing number would dance.
So the character map points at the tabular figures instead. The character set is cut to Latin, Greek, Cyrillic,
punctuation, arrows and a few shapes, layout tables are dropped (JavaFX's simple text layout reads none), and the
families are renamed, because a machine may have the real Inter, with other figures, installed. One family per weight:
JavaFX finds only regular and bold inside a family.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FACES = [
    ("Inter-Regular", "Watchfloor Sans", "Regular", "WatchfloorSans-Regular"),
    ("Inter-SemiBold", "Watchfloor Sans", "Bold", "WatchfloorSans-Bold"),
    ("Inter-Medium", "Watchfloor Sans Medium", "Regular", "WatchfloorSans-Medium"),
    ("InterDisplay-Medium", "Watchfloor Sans Display", "Regular", "WatchfloorSans-Display"),
]
RANGES = [
    (0x20, 0x17F), (0x192, 0x192), (0x1CD, 0x1DC), (0x218, 0x21B), (0x2C6, 0x2DD), (0x300, 0x338), (0x386, 0x3CE),
    (0x400, 0x45F), (0x490, 0x491), (0x1E00, 0x1EF9), (0x2000, 0x206F), (0x2070, 0x209C), (0x20AC, 0x20AC),
    (0x2116, 0x2122), (0x2190, 0x2199), (0x2202, 0x2265), (0x2318, 0x2318), (0x21E7, 0x21E7), (0x25A0, 0x25D0),
    (0x2713, 0x2717),
]


def tabular_figures(font):
    gsub = font["GSUB"].table
    mapping = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    mapping.update(getattr(table, "ExtSubTable", table).mapping)
    best = font.getBestCmap()
    figures = {code: mapping[best[code]] for code in range(ord("0"), ord("9") + 1)}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: name for code, name in figures.items() if code in table.cmap})
    advances = font["hmtx"]
    width = max(advances[name][0] for name in figures.values())  # in some weights they differ by a thousandth
    for name in figures.values():
        advances[name] = (width, advances[name][1])


def main(source, target):
    codes = [code for first, last in RANGES for code in range(first, last + 1)]
    for file, family, style, postscript in FACES:
        font = TTFont(Path(source) / f"{file}.otf")
        tabular_figures(font)
        options = subset.Options(layout_features=[], name_IDs=[0, 7, 8, 9, 13, 14], notdef_outline=True,
                                 hinting=False, desubroutinize=False)
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=codes)
        cutter.subset(font)
        full = family if style == "Regular" else f"{family} {style}"
        for number, text in ((1, family), (2, style), (3, f"{postscript};1"), (4, full), (6, postscript)):
            font["name"].setName(text, number, 3, 1, 0x409)
        bold = style == "Bold"
        font["OS/2"].usWeightClass = 700 if bold else 400
        font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
        font["head"].macStyle = 1 if bold else 0
        top = font["CFF "].cff
        top.fontNames = [postscript]
        top.topDictIndex[0].FamilyName = family
        top.topDictIndex[0].FullName = full
        font.save(Path(target) / f"{postscript}.otf")


if __name__ == "__main__":
    main(*sys.argv[1:])
