"""Names of the warehouse as people write them."""

from cradle.report.quantities import spelled

_WORDS = (
    "NVIDIA", "AMD", "GPU", "GPUs", "CPU", "PSU", "PUE", "TDP", "SSD", "DRAM", "RTX", "GTX", "TITAN", "SXM", "PCIe",
    "NVL", "HGX", "TPU", "SXM4",
)  # fmt: skip
_AS_WRITTEN = {word.lower(): word for word in _WORDS}


def called(identifier: str) -> str:
    """An identifier in words, with abbreviations and types of hardware as their makers write them."""
    words = [_written(word) for word in spelled(identifier).split(" ")]
    return " ".join(words)


def _written(word: str) -> str:
    if word.lower() in _AS_WRITTEN:
        return _AS_WRITTEN[word.lower()]
    has_both = any(letter.isdigit() for letter in word) and any(letter.isalpha() for letter in word)
    return word.upper() if has_both and word.isalnum() and len(word) <= 6 else word
