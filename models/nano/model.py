"""The dual encoder: FastViT image tower and text transformer, in the tensor layout that the importer reads.

Module names are chosen so that `state_dict()` gives the names of the published checkpoints; nothing is renamed on
the way to a file. Branches are kept apart here because they train better that way; the importer folds them.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

HEAD_SIZE_IMAGE = 32
HEAD_SIZE_TEXT = 64
CONTEXT_LENGTH = 77


@dataclass(frozen=True)
class NanoConfig:
    """Shape of both towers. The defaults are the committed model's."""

    imageSize: int = 128
    embeddingSize: int = 256
    layers: tuple = (1, 2, 4, 2)
    widths: tuple = (40, 80, 160, 320)
    mlpRatio: int = 3
    seStages: tuple = (2, 3)
    scaleBranches: bool = False
    vocabularySize: int = 4096
    textWidth: int = 128
    textLayers: int = 2

    @staticmethod
    def load(path):
        """Reads a configuration written by `save`; facts about the model that are no shape are ignored."""
        values = json.loads(Path(path).read_text())
        known = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k in NanoConfig.__annotations__}
        return NanoConfig(**known)

    def save(self, path, **facts):
        Path(path).write_text(json.dumps({**asdict(self), **facts}, indent=2) + "\n")


class FastGelu(torch.autograd.Function):
    """The logistic form of GELU, x·σ(1.596x + 0.0714x³), within 5e-4 of the exact one.

    Under bfloat16 the rounding is coarser than that, and the exact form took a third of the training time.
    """

    @staticmethod
    def forward(ctx, x):
        gate = torch.square(x).mul_(0.07135481).add_(1.59576912).mul_(x).sigmoid_()
        ctx.save_for_backward(x, gate)
        return x * gate

    @staticmethod
    def backward(ctx, grad):
        x, gate = ctx.saved_tensors
        slope = torch.square(x).mul_(0.21406444).add_(1.59576912).mul_(x)
        return slope.mul_(1 - gate).add_(1).mul_(gate).mul_(grad)


def gelu(x):
    """Exact GELU, except in bfloat16, which only training uses."""
    return FastGelu.apply(x) if x.dtype == torch.bfloat16 else F.gelu(x)


class ConvNorm(nn.Module):
    """A convolution without bias, then batch norm."""

    def __init__(self, inputs, outputs, kernel, stride=1, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.bn(self.conv(x))


class SqueezeExcite(nn.Module):
    """Channel gates from the global average; the gate is a sigmoid."""

    def __init__(self, channels, squeezed):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, channels, 1)

    def forward(self, x):
        gate = F.relu(self.fc1(x.mean((2, 3), keepdim=True)))
        return x * torch.sigmoid(self.fc2(gate))


class MobileOne(nn.Module):
    """Sum of a k×k, a 1×1 and an identity branch, then squeeze-excite and GELU where the block has them."""

    def __init__(self, inputs, outputs, kernel, stride=1, groups=1, scale=False, squeezed=0, conv=True, act=True):
        super().__init__()
        self.act = act
        if squeezed:
            self.se = SqueezeExcite(outputs, squeezed)
        if inputs == outputs and stride == 1:
            self.identity = nn.BatchNorm2d(inputs)
        if conv:
            self.conv_kxk = nn.ModuleList([ConvNorm(inputs, outputs, kernel, stride, groups)])
        if conv and scale and kernel > 1:
            self.conv_scale = ConvNorm(inputs, outputs, 1, stride, groups)
        self.branches = [n for n in ("conv_kxk", "conv_scale", "identity") if hasattr(self, n)]

    def forward(self, x):
        outputs = [self.conv_kxk[0](x) if n == "conv_kxk" else getattr(self, n)(x) for n in self.branches]
        y = outputs[0]
        for other in outputs[1:]:
            y = y + other
        if hasattr(self, "se"):
            y = self.se(y)
        return gelu(y) if self.act else y


class LayerScale(nn.Module):
    def __init__(self, channels, initial):
        super().__init__()
        self.gamma = nn.Parameter(torch.full((channels, 1, 1), initial))

    def forward(self, x):
        return x * self.gamma


class ConvMlp(nn.Module):
    """Depthwise 7×7 with batch norm, then two pointwise convolutions with GELU between them."""

    def __init__(self, channels, ratio):
        super().__init__()
        self.conv = ConvNorm(channels, channels, 7, groups=channels)
        self.fc1 = nn.Conv2d(channels, channels * ratio, 1)
        self.fc2 = nn.Conv2d(channels * ratio, channels, 1)

    def forward(self, x):
        return self.fc2(gelu(self.fc1(self.conv(x))))


class RepMixer(nn.Module):
    def __init__(self, channels, scale, initial):
        super().__init__()
        self.norm = MobileOne(channels, channels, 3, groups=channels, conv=False, act=False)
        self.mixer = MobileOne(channels, channels, 3, groups=channels, scale=scale, act=False)
        self.layer_scale = LayerScale(channels, initial)

    def forward(self, x):
        return x + self.layer_scale(self.mixer(x) - self.norm(x))


class RepMixerBlock(nn.Module):
    def __init__(self, channels, ratio, scale, initial):
        super().__init__()
        self.token_mixer = RepMixer(channels, scale, initial)
        self.mlp = ConvMlp(channels, ratio)
        self.layer_scale = LayerScale(channels, initial)

    def forward(self, x):
        x = self.token_mixer(x)
        return x + self.layer_scale(self.mlp(x))


class Attention(nn.Module):
    """Full attention over the H·W positions."""

    def __init__(self, channels):
        super().__init__()
        self.heads = channels // HEAD_SIZE_IMAGE
        self.qkv = nn.Linear(channels, 3 * channels, bias=False)
        self.proj = nn.Linear(channels, channels)

    def forward(self, x):
        batch, channels, height, width = x.shape
        tokens = x.flatten(2).transpose(1, 2)
        qkv = self.qkv(tokens).reshape(batch, height * width, 3, self.heads, HEAD_SIZE_IMAGE)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        weights = (query * HEAD_SIZE_IMAGE**-0.5 @ key.transpose(-2, -1)).softmax(-1)
        mixed = (weights @ value).transpose(1, 2).reshape(batch, height * width, channels)
        return self.proj(mixed).transpose(1, 2).reshape(batch, channels, height, width)


class AttentionBlock(nn.Module):
    def __init__(self, channels, ratio, initial):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels)
        self.token_mixer = Attention(channels)
        self.layer_scale_1 = LayerScale(channels, initial)
        self.mlp = ConvMlp(channels, ratio)
        self.layer_scale_2 = LayerScale(channels, initial)

    def forward(self, x):
        x = x + self.layer_scale_1(self.token_mixer(self.norm(x)))
        return x + self.layer_scale_2(self.mlp(x))


class LargeKernelDownsample(nn.Module):
    """7×7 and 3×3 stride-2 convolutions with one group per input channel, summed."""

    def __init__(self, inputs, outputs, squeeze):
        super().__init__()
        self.large_conv = ConvNorm(inputs, outputs, 7, 2, inputs)
        self.small_conv = ConvNorm(inputs, outputs, 3, 2, inputs)
        self.se = SqueezeExcite(outputs, outputs // 4) if squeeze else nn.Identity()

    def forward(self, x):
        return gelu(self.se(self.large_conv(x) + self.small_conv(x)))


class Downsample(nn.Module):
    def __init__(self, inputs, outputs, squeeze):
        super().__init__()
        self.proj = nn.Sequential(LargeKernelDownsample(inputs, outputs, squeeze), MobileOne(outputs, outputs, 1))

    def forward(self, x):
        return self.proj(x)


class PositionalConv(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.pos_enc = nn.Conv2d(channels, channels, 7, padding=3, groups=channels)

    def forward(self, x):
        return x + self.pos_enc(x)


class Stage(nn.Module):
    """Optional downsampling and positional convolution, then the blocks."""

    def __init__(self, config, index, initial=0.3):
        super().__init__()
        width, attention = config.widths[index], index == len(config.widths) - 1
        squeeze = index in config.seStages
        self.downsample = Downsample(config.widths[index - 1], width, squeeze) if index else nn.Identity()
        self.pos_emb = PositionalConv(width) if attention else nn.Identity()
        block = (
            (lambda: AttentionBlock(width, config.mlpRatio, initial))
            if attention
            else (lambda: RepMixerBlock(width, config.mlpRatio, config.scaleBranches, initial))
        )
        self.blocks = nn.Sequential(*(block() for _ in range(config.layers[index])))

    def forward(self, x):
        return self.blocks(self.pos_emb(self.downsample(x)))


class Head(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.fc = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.fc(x.mean((2, 3)))


class FastViT(nn.Module):
    def __init__(self, config):
        super().__init__()
        first, last, scale = config.widths[0], config.widths[-1], config.scaleBranches
        self.stem = nn.Sequential(
            MobileOne(3, first, 3, 2, scale=scale),
            MobileOne(first, first, 3, 2, groups=first, scale=scale),
            MobileOne(first, first, 1),
        )
        self.stages = nn.Sequential(*(Stage(config, i) for i in range(len(config.widths))))
        self.final_conv = MobileOne(last, 2 * last, 3, groups=last, scale=scale, squeezed=2 * last // 16)
        self.head = Head(2 * last, config.embeddingSize)

    def forward(self, x):
        return self.head(self.final_conv(self.stages(self.stem(x))))


class VisualTower(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.trunk = FastViT(config)

    def forward(self, x):
        return self.trunk(x)


class PackedAttention(nn.Module):
    """Multi-head self-attention with one packed input projection; no mask."""

    def __init__(self, width):
        super().__init__()
        self.heads = width // HEAD_SIZE_TEXT
        self.in_proj_weight = nn.Parameter(torch.randn(3 * width, width) * width**-0.5)
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)

    def forward(self, x):
        batch, length, width = x.shape
        qkv = F.linear(x, self.in_proj_weight, self.in_proj_bias).reshape(batch, length, 3, self.heads, HEAD_SIZE_TEXT)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        weights = (query * HEAD_SIZE_TEXT**-0.5 @ key.transpose(-2, -1)).softmax(-1)
        return self.out_proj((weights @ value).transpose(1, 2).reshape(batch, length, width))


class TextMlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.c_fc = nn.Linear(width, 4 * width)
        self.c_proj = nn.Linear(4 * width, width)

    def forward(self, x):
        return self.c_proj(gelu(self.c_fc(x)))


class TextBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = PackedAttention(width)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = TextMlp(width)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.resblocks = nn.Sequential(*(TextBlock(width) for _ in range(layers)))

    def forward(self, x):
        return self.resblocks(x)


class TextTower(nn.Module):
    """Pooled at the largest token id, which is the end token."""

    def __init__(self, config):
        super().__init__()
        width = config.textWidth
        self.positional_embedding = nn.Parameter(torch.randn(CONTEXT_LENGTH, width) * 0.01)
        self.text_projection = nn.Parameter(torch.randn(width, config.embeddingSize) * width**-0.5)
        self.token_embedding = nn.Embedding(config.vocabularySize, width)
        nn.init.normal_(self.token_embedding.weight, std=0.05)
        self.transformer = Transformer(width, config.textLayers)
        self.ln_final = nn.LayerNorm(width)

    def forward(self, ids):
        x = self.ln_final(self.transformer(self.token_embedding(ids) + self.positional_embedding))
        return x[torch.arange(len(ids)), ids.argmax(-1)] @ self.text_projection


class DualEncoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.logit_scale = nn.Parameter(torch.tensor(2.7))
        self.visual = VisualTower(config)
        self.text = TextTower(config)

    def encode_image(self, pixels):
        """Unit vectors of pictures, (n, 3, h, w) in [0, 1]."""
        return F.normalize(self.visual(pixels), dim=-1)

    def encode_text(self, ids):
        """Unit vectors of token id rows, (n, 77)."""
        return F.normalize(self.text(ids), dim=-1)
