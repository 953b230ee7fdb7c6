"""Zero-shot classification as the library does it: the same preprocessing, prompts averaged per class."""

import numpy as np
import torch
from PIL import Image

PROMPT_TEMPLATES = ("{}", "a photo of a {}", "a picture of a {}", "there is a {} in the scene", "the camera sees a {}")


def preprocess(picture, size):
    """Shortest side to the size with Pillow's antialiased bilinear filter, then the central square, uint8."""
    height, width = picture.shape[:2]
    scale = size / min(height, width)
    target = (max(size, round(width * scale)), max(size, round(height * scale)))
    resized = np.asarray(Image.fromarray(picture).resize(target, Image.BILINEAR))
    top, left = (resized.shape[0] - size) // 2, (resized.shape[1] - size) // 2
    return resized[top : top + size, left : left + size]


def encode_pictures(model, pictures, size, batch=128):
    """Unit vectors of an iterable of (h, w, 3) uint8 pictures."""
    vectors = []
    with torch.no_grad():
        for first in range(0, len(pictures), batch):
            part = np.stack([preprocess(p, size) for p in pictures[first : first + batch]])
            pixels = torch.from_numpy(part).permute(0, 3, 1, 2).float() / 255
            vectors.append(model.encode_image(pixels))
    return torch.cat(vectors)


def encode_texts(model, tokenizer, texts):
    with torch.no_grad():
        return model.encode_text(torch.tensor([tokenizer.encode(text) for text in texts]))


def encode_prompts(model, tokenizer, names, templates=PROMPT_TEMPLATES):
    """One unit vector per name: the mean of its templates' vectors, normalised again."""
    rows = [encode_texts(model, tokenizer, [t.replace("{}", name) for t in templates]).mean(0) for name in names]
    return torch.nn.functional.normalize(torch.stack(rows), dim=-1)
