"""A byte-level BPE tokenizer of CLIP's kind with a vocabulary of its own.

`python3 bpe.py` learns the merges from the caption corpus and writes tokenizer.json (Hugging Face format) and
tokenizer-vectors.json (texts and their ids, for checking another implementation against this one).
"""

import argparse
import json
import unicodedata
from collections import Counter
from pathlib import Path

import regex

HERE = Path(__file__).resolve().parent
START, END, SUFFIX = "<|startoftext|>", "<|endoftext|>", "</w>"
SPLIT = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
CONTEXT_LENGTH = 77


def byte_symbols():
    """A printable character for each byte: itself where it prints, else one from 256 on; in CLIP's order."""
    printing = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in printing]
    return {b: chr(b) for b in printing} | {b: chr(256 + i) for i, b in enumerate(rest)}


SYMBOLS = byte_symbols()
SPLITTER = regex.compile(SPLIT)


def normalise(text):
    return regex.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).lower()


def pieces(text):
    """The words of a text, each as a tuple of byte symbols with the end-of-word suffix on the last."""
    for piece in SPLITTER.findall(normalise(text)):
        symbols = [SYMBOLS[b] for b in piece.encode()]
        yield tuple(symbols[:-1]) + (symbols[-1] + SUFFIX,)


def merged(symbols, pair):
    """The word with every occurrence of the pair joined."""
    result, i = [], 0
    while i < len(symbols):
        if symbols[i : i + 2] == pair:
            result.append(symbols[i] + symbols[i + 1])
            i += 2
        else:
            result.append(symbols[i])
            i += 1
    return tuple(result)


def learn(counts, limit):
    """Merges the most frequent pair (the smaller one on a tie) until words are whole or the limit is reached."""
    words, merges = dict(counts), []
    while len(merges) < limit:
        pairs = Counter()
        for symbols, count in words.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = min(pairs, key=lambda p: (-pairs[p], p))
        merges.append(best)
        words = {merged(symbols, best): count for symbols, count in words.items()}
    return merges


def vocabulary(merges):
    """Byte symbols, the same at a word's end, the merges, then start and end: the end token is the largest id."""
    symbols = list(SYMBOLS.values())
    tokens = symbols + [s + SUFFIX for s in symbols] + [a + b for a, b in merges] + [START, END]
    return {token: i for i, token in enumerate(dict.fromkeys(tokens))}


class Tokenizer:
    """Encodes as the written tokenizer.json describes, padded with 0 to the context length."""

    def __init__(self, merges):
        self.ranks = {tuple(pair): i for i, pair in enumerate(merges)}
        self.ids = vocabulary([tuple(pair) for pair in merges])
        self.cache = {}

    @staticmethod
    def load(path=HERE / "tokenizer.json"):
        return Tokenizer([m.split(" ") for m in json.loads(Path(path).read_text())["model"]["merges"]])

    def word(self, symbols):
        if symbols not in self.cache:
            parts = symbols
            while len(parts) > 1:
                best = min(zip(parts, parts[1:]), key=lambda p: self.ranks.get(p, len(self.ranks)))
                if best not in self.ranks:
                    break
                parts = merged(parts, best)
            self.cache[symbols] = [self.ids[p] for p in parts]
        return self.cache[symbols]

    def encode(self, text):
        ids = [i for symbols in pieces(text) for i in self.word(symbols)][: CONTEXT_LENGTH - 2]
        row = [self.ids[START], *ids, self.ids[END]]
        return row + [0] * (CONTEXT_LENGTH - len(row))


def special(token, token_id, normalized):
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": normalized, "special": True}
    return {"id": token_id, "content": token, **flags}


def hugging_face(tokenizer):
    """The tokenizer.json document."""
    ids = tokenizer.ids
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [special(START, ids[START], True), special(END, ids[END], False)],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFC"},
                {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
                {"type": "Lowercase"},
            ],
        },
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": SPLIT}, "behavior": "Removed", "invert": True},
                byte_level,
            ],
        },
        "post_processor": {
            "type": "RobertaProcessing",
            "sep": [END, ids[END]],
            "cls": [START, ids[START]],
            "trim_offsets": False,
            "add_prefix_space": False,
        },
        "decoder": {**byte_level, "add_prefix_space": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": END,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": SUFFIX,
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": ids,
            "merges": [f"{a} {b}" for a, b in tokenizer.ranks],
        },
    }


def corpus():
    """Words and weights: those of the captions often, common English once."""
    from captions import NAMES_OF, PLACED, SEEN, tidy
    from words import COMMON

    counts = Counter()
    for names in NAMES_OF.values():
        for i, name in enumerate(names):
            counts.update({symbols: 3 if i == 0 else 2 for symbols in pieces(name)})
    for text in [tidy(frame.replace("{}", "")) for frame in SEEN + PLACED] + COMMON:
        counts.update(pieces(text))
    return counts


VECTORS = [
    "", " ", "fire truck", "A photo of a dog", "a photo of  a\tcat\n", "an umbrella!", "It's 3 o'clock",
    "they're, we've, I'm", "FIRE!!!", "100% rain?", "naïve café", "Größe", "日本語", "привет мир", "🚒 fire", "e\u0301clair",
    "snow—falling", "hot-air balloon", "person lying on the ground", "a red traffic light, then a green one", "don't stop",
    "x" * 90, "word " * 100, "a/b\\c", "#tag @user", "(brackets) [and] {braces}", "quotes \"double\" 'single'", "under_score",
    "1234567890", "½ cup", "é", "’s curly", "co-op's", "the quick brown fox jumps over the lazy dog",
    "antidisestablishmentarianism", "a.b.c.", "$5.00", "tab\tseparated", "\u00a0nbsp\u00a0",
]  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--merges", type=int, default=3582, help="most merges to learn")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the two files")
    args = parser.parse_args()
    from captions import UNSEEN, unseen_caption
    from classes import NAMES

    tokenizer = Tokenizer(learn(corpus(), args.merges))
    (args.out / "tokenizer.json").write_text(json.dumps(hugging_face(tokenizer), ensure_ascii=False, indent=1) + "\n")
    texts = VECTORS + [unseen_caption(frame, NAMES[i * 3 % len(NAMES)]) for i, frame in enumerate(UNSEEN)]
    rows = [{"text": text, "input_ids": tokenizer.encode(text)} for text in texts]
    vectors = "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"
    (args.out / "tokenizer-vectors.json").write_text(vectors)
    print(f"{len(tokenizer.ids)} entries, {len(rows)} vectors")


if __name__ == "__main__":
    main()
