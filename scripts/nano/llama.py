"""A small llama with interleaved rotary positions and tied embeddings, in the names of llama.cpp."""
import json
import os

import numpy
import torch
import torch.nn.functional as functional

RMS_EPSILON = 1e-6
# Conversations in training have at most so many.
TRAINED_TOKENS = 2048


def multiplies_bfloat16():
    """Whether this processor multiplies bfloat16 itself; torch is some ten times slower where it does not."""
    try:
        with open("/proc/cpuinfo") as file:
            return "avx512_bf16" in file.read()
    except OSError:
        return False


USES_BFLOAT16 = multiplies_bfloat16()


class Bf16Product(torch.autograd.Function):
    """A matrix product in bfloat16 with float32 in and out: a third faster where the processor has it."""

    @staticmethod
    def forward(context, rows, weight):
        rows16, weight16 = rows.bfloat16(), weight.bfloat16()
        context.save_for_backward(rows16, weight16)
        return (rows16 @ weight16.t()).float()

    @staticmethod
    def backward(context, gradient):
        rows16, weight16 = context.saved_tensors
        gradient16 = gradient.bfloat16()
        return (gradient16 @ weight16).float(), (gradient16.t() @ rows16).float()


def linear(rows, weight, fast):
    return Bf16Product.apply(rows, weight) if fast and USES_BFLOAT16 else rows @ weight.t()


class RootMeanSquareNorm(torch.autograd.Function):
    @staticmethod
    def forward(context, rows, weight):
        scale = torch.rsqrt(rows.pow(2).mean(-1, keepdim=True) + RMS_EPSILON)
        normal = rows * scale
        context.save_for_backward(normal, scale, weight)
        return normal * weight

    @staticmethod
    def backward(context, gradient):
        normal, scale, weight = context.saved_tensors
        inner = gradient * weight
        to_rows = (inner - normal * (inner * normal).mean(-1, keepdim=True)) * scale
        return to_rows, (gradient * normal).sum(0)


class Embedding(torch.autograd.Function):
    """Rows of a table; the gradient is summed without waiting for the device, as a CUDA graph demands."""

    @staticmethod
    def forward(context, table, ids):
        context.save_for_backward(ids)
        context.rows = table.shape[0]
        return table[ids]

    @staticmethod
    def backward(context, gradient):
        (ids,) = context.saved_tensors
        sums = torch.zeros(context.rows, gradient.shape[-1], dtype=gradient.dtype, device=gradient.device)
        return sums.index_add_(0, ids.flatten(), gradient.flatten(0, -2)), None


class Nano(torch.nn.Module):
    """Parameters carry the names that llama.cpp gives to their tensors."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        width, hidden, layers = shape["width"], shape["feedForward"], shape["layers"]
        self.weights = torch.nn.ParameterDict()

        def add(name, *size, deviation=None):
            start = torch.ones(*size) if deviation is None else torch.randn(*size) * deviation
            self.weights[name.replace(".", "/")] = torch.nn.Parameter(start)

        add("token_embd", shape["vocabulary"], width, deviation=0.05)
        add("output_norm", width)
        into = 0.8 * width**-0.5
        out = (2 * layers) ** -0.5
        for layer in range(layers):
            prefix = f"blk.{layer}."
            add(prefix + "attn_norm", width)
            add(prefix + "ffn_norm", width)
            for name in ("attn_q", "attn_k", "attn_v"):
                add(prefix + name, width, width, deviation=into)
            add(prefix + "attn_output", width, width, deviation=into * out)
            add(prefix + "ffn_gate", hidden, width, deviation=into)
            add(prefix + "ffn_up", hidden, width, deviation=into)
            add(prefix + "ffn_down", width, hidden, deviation=0.8 * hidden**-0.5 * out)
        head = width // shape["heads"]
        frequencies = shape["ropeBase"] ** (-torch.arange(0, head, 2).float() / head)
        limit = TRAINED_TOKENS
        angles = torch.arange(limit).float()[:, None] * frequencies
        self.register_buffer("rotation", torch.polar(torch.ones_like(angles), angles)[None, :, None], persistent=False)
        self.register_buffer("mask", torch.triu(torch.full((1, limit, limit), -1e9), 1), persistent=False)

    def weight(self, name):
        return self.weights[name.replace(".", "/")]

    def hidden(self, ids, fast):
        if fast and ids.is_cuda:
            return self.hidden_on_gpu(ids)
        batch, length = ids.shape
        heads, width = self.shape["heads"], self.shape["width"]
        head = width // heads
        mask = self.mask[:, :length, :length].expand(batch * heads, length, length)
        rows = functional.embedding(ids, self.weight("token_embd")).view(batch * length, width)

        def per_head(flat, turn):
            split = flat.view(batch, length, heads, head)
            if turn:
                pairs = torch.view_as_complex(split.reshape(batch, length, heads, head // 2, 2))
                split = torch.view_as_real(pairs * self.rotation[:, :length]).flatten(3)
            return split.transpose(1, 2).reshape(batch * heads, length, head)

        for layer in range(self.shape["layers"]):
            prefix = f"blk.{layer}."
            normal = RootMeanSquareNorm.apply(rows, self.weight(prefix + "attn_norm"))
            joined = torch.cat([self.weight(prefix + name) for name in ("attn_q", "attn_k", "attn_v")])
            query, key, value = linear(normal, joined, fast).split(width, -1)
            query, key, value = per_head(query, True), per_head(key, True), per_head(value, False)
            scores = torch.baddbmm(mask, query, key.transpose(1, 2), alpha=head**-0.5)
            mixed = torch.bmm(torch.softmax(scores, -1), value)
            mixed = mixed.view(batch, heads, length, head).transpose(1, 2).reshape(batch * length, width)
            rows = rows + linear(mixed, self.weight(prefix + "attn_output"), fast)
            normal = RootMeanSquareNorm.apply(rows, self.weight(prefix + "ffn_norm"))
            joined = torch.cat([self.weight(prefix + "ffn_gate"), self.weight(prefix + "ffn_up")])
            gate, up = linear(normal, joined, fast).split(self.shape["feedForward"], -1)
            rows = rows + linear(functional.silu(gate) * up, self.weight(prefix + "ffn_down"), fast)
        return RootMeanSquareNorm.apply(rows, self.weight("output_norm")).view(batch, length, width)

    def hidden_on_gpu(self, ids):
        """The same with the fused kernels of newer releases; the caller chooses bfloat16 for the products."""
        batch, length = ids.shape
        heads, width = self.shape["heads"], self.shape["width"]
        head = width // heads
        rotation = self.rotation[:, :length]
        rows = Embedding.apply(self.weight("token_embd"), ids)

        def turned(split):
            pairs = torch.view_as_complex(split.float().reshape(batch, length, heads, head // 2, 2))
            return torch.view_as_real(pairs * rotation).flatten(3).to(split.dtype).transpose(1, 2)

        for layer in range(self.shape["layers"]):
            prefix = f"blk.{layer}."
            normal = functional.rms_norm(rows, (width,), self.weight(prefix + "attn_norm"), RMS_EPSILON)
            joined = torch.cat([self.weight(prefix + name) for name in ("attn_q", "attn_k", "attn_v")])
            query, key, value = functional.linear(normal, joined).view(batch, length, 3, heads, head).unbind(2)
            mixed = functional.scaled_dot_product_attention(turned(query), turned(key), value.transpose(1, 2), is_causal=True)
            mixed = mixed.transpose(1, 2).reshape(batch, length, width)
            rows = rows + functional.linear(mixed, self.weight(prefix + "attn_output"))
            normal = functional.rms_norm(rows, (width,), self.weight(prefix + "ffn_norm"), RMS_EPSILON)
            joined = torch.cat([self.weight(prefix + "ffn_gate"), self.weight(prefix + "ffn_up")])
            gate, up = functional.linear(normal, joined).split(self.shape["feedForward"], -1)
            rows = rows + functional.linear(functional.silu(gate) * up, self.weight(prefix + "ffn_down"))
        return functional.rms_norm(rows, (width,), self.weight("output_norm"), RMS_EPSILON)

    def logits(self, rows, fast):
        if fast and rows.is_cuda:
            return functional.linear(rows, self.weight("token_embd")).float()
        return linear(rows, self.weight("token_embd"), fast)


def write_weights(folder, model):
    with open(os.path.join(folder, "weights.bin"), "wb") as file:
        index = []
        for name, weight in model.weights.items():
            values = weight.detach().cpu().numpy().astype("<f4")
            index.append({"name": name.replace("/", ".") + ".weight", "shape": list(reversed(values.shape))})
            file.write(values.tobytes())
    with open(os.path.join(folder, "weights.json"), "w") as file:
        json.dump({"shape": model.shape, "tensors": index}, file)


@torch.no_grad()
def read_weights(folder, model):
    """Fills a model of the same shape with what write_weights, or the reader of model files, left in a folder."""
    with open(os.path.join(folder, "weights.json")) as file:
        index = json.load(file)
    values = numpy.fromfile(os.path.join(folder, "weights.bin"), "<f4")
    start = 0
    for tensor in index["tensors"]:
        size = int(numpy.prod(tensor["shape"]))
        weight = torch.from_numpy(values[start : start + size].copy()).view(*reversed(tensor["shape"]))
        model.weight(tensor["name"].removesuffix(".weight")).copy_(weight)
        start += size
    if start != len(values):
        raise SystemExit(f"{folder}/weights.bin has {len(values)} numbers, not {start}.")
