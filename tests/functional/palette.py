"""Small pictures of pages: a PNG in 256 colours, which text on plain ground does not miss."""

import base64
import struct
import zlib
from typing import Any, TypeAlias

import numpy as np
from playwright.sync_api import Browser

Colours: TypeAlias = np.ndarray[Any, np.dtype[Any]]

COLOURS = 256
STEP = 16
"""Colours that differ by less than this in red, green and blue are kin: of each kin the commonest is kept."""

PIXELS = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const { width, height } = image;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, width, height);
  let text = '';
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return [width, height, btoa(text)];
}"""


def smaller(browser: Browser, picture: bytes) -> bytes:
    """The same picture in at most 256 colours; each rarer colour becomes the nearest of the common ones."""
    context = browser.new_context()
    width, height, text = context.new_page().evaluate(PIXELS, base64.b64encode(picture).decode())
    context.close()
    pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, 4)[:, :3]
    colours, places, counts = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    common = _palette(colours, counts)
    distance = ((colours[:, None, :].astype(np.int32) - common[None, :, :]) ** 2).sum(axis=2)
    nearest = distance.argmin(axis=1).astype(np.uint8)[places.reshape(-1)].reshape(height, width)
    rows = np.hstack([np.zeros((height, 1), np.uint8), nearest]).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", common.tobytes()),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _palette(colours: Colours, counts: Colours) -> Colours:
    """The commonest colour of each kin, so that a small red sign stays red; then the commonest of the others."""
    by_count = colours[np.argsort(-counts, kind="stable")]
    _, firsts = np.unique(by_count // STEP, axis=0, return_index=True)
    others = np.setdiff1d(np.arange(len(by_count)), firsts)
    palette: Colours = by_count[np.concatenate([np.sort(firsts), others])[:COLOURS]]
    return palette


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
