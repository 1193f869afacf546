"""The bytes of a file out of a transfer that the server compressed, though it was asked not to."""

import zlib
from collections.abc import Iterator

PIECE = 1 << 20
ENCODINGS = ("gzip", "x-gzip", "deflate")


class Inflated:
    """Decompresses what is fed in pieces of at most 1 MiB, so that a bomb is stopped by the cap and not by memory."""

    def __init__(self) -> None:
        """Take gzip and zlib alike."""
        self._make = lambda: zlib.decompressobj(wbits=47)  # 32 + 15: the header says which of the two it is
        self._state = self._make()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The pieces that a chunk of the transfer gives. Raises zlib.error."""
        while chunk:
            if self._state.eof:  # gzip may be several members, one after the other
                self._state = self._make()
            piece = self._state.decompress(chunk, PIECE)
            chunk = self._state.unconsumed_tail or self._state.unused_data
            if piece:
                yield piece
            if not chunk and len(piece) == PIECE:
                yield from self._rest()

    def _rest(self) -> Iterator[bytes]:
        while piece := self._state.decompress(b"", PIECE):
            yield piece

    @property
    def is_whole(self) -> bool:
        """Whether the end of the compressed data was seen."""
        return self._state.eof


class Plain:
    """Passes on what is fed."""

    is_whole = True

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The chunk."""
        yield chunk
