"""Trains the weights of signalbox/nano: a small llama with interleaved rotary positions and tied embeddings.

Reads what prepare.ts wrote, and writes weights.bin (float32, in the order of weights.json) for export.ts.
One process, one thread. Stops and goes on from its last checkpoint; waits while the file --pause-file exists.
"""
import argparse
import json
import os
import time

import numpy
import torch
import torch.nn.functional as functional

ANSWER_FLAG = 0x8000
RMS_EPSILON = 1e-6
CHUNK_EXAMPLES = 4096


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
    return Bf16Product.apply(rows, weight) if fast else rows @ weight.t()


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
        angles = torch.arange(shape["trainedTokens"]).float()[:, None] * frequencies
        self.register_buffer("rotation", torch.polar(torch.ones_like(angles), angles)[None, :, None], persistent=False)
        limit = shape["trainedTokens"]
        self.register_buffer("mask", torch.triu(torch.full((1, limit, limit), -1e9), 1), persistent=False)

    def weight(self, name):
        return self.weights[name.replace(".", "/")]

    def hidden(self, ids, fast):
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

    def logits(self, rows, fast):
        return linear(rows, self.weight("token_embd"), fast)


def batches(lengths, batch_tokens, seed):
    """Batches of examples of like length, in an order that follows from the seed; each example comes once."""
    chooser = numpy.random.default_rng(seed)
    for start in range(0, len(lengths), CHUNK_EXAMPLES):
        chunk = numpy.arange(start, min(start + CHUNK_EXAMPLES, len(lengths)))
        chunk = chunk[numpy.argsort(lengths[chunk] + chooser.random(len(chunk)), kind="stable")]
        found, current, longest = [], [], 0
        for example in chunk:
            longer = max(longest, int(lengths[example]))
            if current and longer * (len(current) + 1) > batch_tokens:
                found.append(current)
                current, longer = [], int(lengths[example])
            current.append(int(example))
            longest = longer
        found.append(current)
        chooser.shuffle(found)
        yield from found


def collate(rows):
    longest = max(len(row) for row in rows)
    packed = numpy.zeros((len(rows), longest), numpy.int64)
    for index, row in enumerate(rows):
        packed[index, : len(row)] = row
    return torch.from_numpy(packed & ~ANSWER_FLAG), torch.from_numpy((packed & ANSWER_FLAG) != 0)


@torch.no_grad()
def evaluate(model, tests):
    """Per task, the share of answers of which every token is the most likely one: what greedy decoding says."""
    right, total = {}, {}
    ordered = sorted(tests, key=lambda test: len(test["tokens"]))
    for start in range(0, len(ordered), 32):
        group = ordered[start : start + 32]
        ids, is_answer = collate([numpy.array(test["tokens"]) for test in group])
        wanted = is_answer[:, 1:]
        said = model.logits(model.hidden(ids[:, :-1], False)[wanted], False).argmax(-1)
        good = torch.ones_like(wanted)
        good[wanted] = said == ids[:, 1:][wanted]
        for test, is_right in zip(group, good.all(1).tolist()):
            right[test["task"]] = right.get(test["task"], 0) + is_right
            total[test["task"]] = total.get(test["task"], 0) + 1
    return {task: round(100 * right[task] / total[task], 1) for task in total}


def rate_at(progress, step, peak):
    """Up over 100 steps, level for a quarter, then straight down to a fiftieth."""
    return peak * min(1, (step + 1) / 100) * min(1, max(0.02, (1 - progress) / 0.75))


def write_weights(folder, model):
    with open(os.path.join(folder, "weights.bin"), "wb") as file:
        index = []
        for name, weight in model.weights.items():
            values = weight.detach().numpy().astype("<f4")
            index.append({"name": name.replace("/", ".") + ".weight", "shape": list(reversed(values.shape))})
            file.write(values.tobytes())
    with open(os.path.join(folder, "weights.json"), "w") as file:
        json.dump({"shape": model.shape, "tensors": index}, file)


def read_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--tokens", type=float, default=30e6, help="to train on; the learning rate follows it")
    parser.add_argument("--stop-at", type=float, default=0, help="unix time: end the schedule by then, whatever --tokens says")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--feed-forward", type=int, default=384)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--batch-tokens", type=int, default=3000)
    parser.add_argument("--length-weight", type=float, default=0.5, help="how much more a token of a short answer counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--test-every", type=float, default=180, help="seconds")
    parser.add_argument("--pause-file", default="/tmp/pause-training")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    path = lambda name: os.path.join(arguments.folder, name)
    lengths = numpy.fromfile(path("lengths.bin"), "<u2").astype(numpy.int64)
    tokens = numpy.memmap(path("tokens.bin"), "<u2", "r")
    starts = numpy.concatenate([[0], numpy.cumsum(lengths)])
    tests = json.load(open(path("tests.json")))
    shape = {
        "vocabulary": json.load(open(path("vocabulary.json")))["size"],
        "width": arguments.width,
        "layers": arguments.layers,
        "heads": arguments.heads,
        "feedForward": arguments.feed_forward,
        "ropeBase": 10000.0,
        "trainedTokens": 512,
    }
    model = Nano(shape)
    matrices = [weight for name, weight in model.weights.items() if weight.dim() == 2 and name != "token_embd"]
    others = [weight for name, weight in model.weights.items() if weight.dim() != 2 or name == "token_embd"]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=arguments.rate, betas=(0.9, 0.95))
    state = {"step": 0, "seen": 0}
    if os.path.exists(path("checkpoint.pt")):
        saved = torch.load(path("checkpoint.pt"))
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    print("parameters", sum(weight.numel() for weight in model.weights.values()), shape, "examples", len(lengths), "tokens", len(tokens), flush=True)
    started, base, first, mean = time.time(), state["seen"], state["step"], None
    tested, at = started, 0

    def save():
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "state": state, "shape": shape}, path("checkpoint.tmp"))
        os.replace(path("checkpoint.tmp"), path("checkpoint.pt"))
        write_weights(arguments.folder, model)
        result = evaluate(model, tests)
        print("TEST", state["step"], state["seen"], json.dumps(result), "mean", round(sum(result.values()) / len(result), 1), flush=True)

    for step, rows in enumerate(batches(lengths, arguments.batch_tokens, arguments.seed)):
        if step < first:
            continue
        while os.path.exists(arguments.pause_file):
            time.sleep(1)
        progress = state["seen"] / arguments.tokens
        if arguments.stop_at:
            part = (time.time() - started) / (arguments.stop_at - started)
            progress = max(progress, base / arguments.tokens + (1 - base / arguments.tokens) * part)
        if progress >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate_at(progress, step, arguments.rate)
        ids, is_answer = collate([tokens[starts[row] : starts[row + 1]] for row in rows])
        wanted = is_answer[:, 1:]
        logits = model.logits(model.hidden(ids[:, :-1], True)[wanted], True)
        weight = wanted.sum(1, keepdim=True).clamp(min=1).float().pow(-arguments.length_weight).expand(wanted.shape)[wanted]
        loss = (functional.cross_entropy(logits, ids[:, 1:][wanted], reduction="none") * weight).sum() / weight.sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        state["step"] = step + 1
        state["seen"] += int(lengths[rows].sum())
        mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
        if state["step"] % 200 == 0:
            speed = (state["seen"] - base) / (time.time() - started)
            print(f"step {state['step']} tokens {state['seen']} loss {mean:.4f} tokens/s {speed:.0f} progress {progress:.3f}", flush=True)
        if time.time() - tested > arguments.test_every:
            save()
            tested = time.time()
    save()


if __name__ == "__main__":
    main()
