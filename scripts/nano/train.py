"""Trains the weights of signalbox/nano: a small llama with interleaved rotary positions and tied embeddings.

Reads what prepare.ts wrote, and writes weights.bin (float32, in the order of weights.json) for export.ts.
On a processor: one process, one thread; needs no more than torch 1.13. On a GPU (--device cuda): torch 2.4 or newer,
with the whole step as one CUDA graph for each length of batch: a model this small waits for launches otherwise.
Stops and goes on from its last checkpoint; waits while the file --pause-file exists.
"""
import argparse
import contextlib
import json
import os
import time

import numpy
import torch
import torch.nn.functional as functional

ANSWER_FLAG = 0x8000
RMS_EPSILON = 1e-6
# To what lengths batches are padded on a GPU: a graph is for one shape.
GRAPH_LENGTHS = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 512, 768, 1024, 1536, 2048]


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
        angles = torch.arange(shape["trainedTokens"]).float()[:, None] * frequencies
        self.register_buffer("rotation", torch.polar(torch.ones_like(angles), angles)[None, :, None], persistent=False)
        limit = shape["trainedTokens"]
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


def batches(lengths, batch_tokens, chunk_examples, warm_up, seed):
    """Batches of examples of like length, in an order that follows from the seed.

    The first `warm_up` examples come once; the others come again and again, each time in another order.
    """
    chooser = numpy.random.default_rng(seed)
    yield from batches_of(numpy.arange(warm_up), lengths, batch_tokens, chunk_examples, chooser)
    while True:
        rest = warm_up + chooser.permutation(len(lengths) - warm_up)
        yield from batches_of(rest, lengths, batch_tokens, chunk_examples, chooser)


def batches_of(examples, lengths, batch_tokens, chunk_examples, chooser):
    for start in range(0, len(examples), chunk_examples):
        chunk = examples[start : start + chunk_examples]
        chunk = chunk[numpy.argsort(lengths[chunk] + chooser.random(len(chunk)), kind="stable")]
        found, current = [], []
        padded = numpy.array(GRAPH_LENGTHS)[numpy.searchsorted(GRAPH_LENGTHS, lengths[chunk])]
        for example, length in zip(chunk.tolist(), padded.tolist()):
            # Sorted by length, so the newest is the longest.
            if current and length * (len(current) + 1) > batch_tokens:
                found.append(current)
                current = []
            current.append(example)
        found.append(current)
        chooser.shuffle(found)
        yield from found


def padded_length(length):
    return next(padded for padded in GRAPH_LENGTHS if padded >= length)


class Batch:
    """What one step reads: `ids` padded on the right, and the places of what the model is to say."""

    def __init__(self, rows, device, length_weight=0.0):
        longest = max(len(row) for row in rows)
        packed = numpy.zeros((len(rows), longest), numpy.int64)
        for index, row in enumerate(rows):
            packed[index, : len(row)] = row
        ids = packed & ~ANSWER_FLAG
        wanted = (packed & ANSWER_FLAG)[:, 1:] != 0
        each = numpy.maximum(wanted.sum(1, keepdims=True), 1).astype(numpy.float32) ** -length_weight
        place = lambda values: on_device(torch.from_numpy(values), device)
        self.wanted = wanted
        self.ids = place(numpy.ascontiguousarray(ids[:, :-1]))
        self.places = place(numpy.flatnonzero(wanted))
        self.answers = place(ids[:, 1:][wanted])
        self.weights = place(numpy.broadcast_to(each, wanted.shape)[wanted])


def on_device(values, device):
    return values if device == "cpu" else values.pin_memory().to(device, non_blocking=True)


@torch.no_grad()
def evaluate(model, tests, device):
    """Per task, the share of answers of which every token is the most likely one: what greedy decoding says."""
    right, total = {}, {}
    ordered = sorted(tests, key=lambda test: len(test["tokens"]))
    for start in range(0, len(ordered), 32):
        group = ordered[start : start + 32]
        batch = Batch([numpy.array(test["tokens"]) for test in group], device)
        rows = model.hidden(batch.ids, False).flatten(0, 1)[batch.places]
        said = model.logits(rows, False).argmax(-1)
        good = numpy.ones(batch.wanted.shape, bool)
        good[batch.wanted] = (said == batch.answers).cpu().numpy()
        for test, is_right in zip(group, good.all(1).tolist()):
            right[test["task"]] = right.get(test["task"], 0) + is_right
            total[test["task"]] = total.get(test["task"], 0) + 1
    return {task: round(100 * right[task] / total[task], 1) for task in total}


class GraphedStep:
    """A training step as a CUDA graph for each shape of batch, captured when that shape first comes."""

    def __init__(self, model, optimizer, batch_tokens, length_weight):
        self.model, self.optimizer = model, optimizer
        self.batch_tokens, self.length_weight = batch_tokens, length_weight
        self.parameters = list(model.weights.values())
        self.mean = torch.full((), 5.0, device="cuda")
        self.pool = torch.cuda.graph_pool_handle()
        self.graphs = {}

    def __call__(self, rows):
        length = padded_length(max(len(row) for row in rows))
        count = self.batch_tokens // length
        packed = numpy.zeros((count, length + 1), numpy.int64)
        for index, row in enumerate(rows):
            packed[index, : len(row)] = row
        ids = packed & ~ANSWER_FLAG
        wanted = (packed & ANSWER_FLAG)[:, 1:] != 0
        each = numpy.maximum(wanted.sum(1, keepdims=True), 1).astype(numpy.float32) ** -self.length_weight
        given = [ids[:, :-1], ids[:, 1:], wanted * each]
        given = [on_device(torch.from_numpy(numpy.ascontiguousarray(values)), "cuda") for values in given]
        if length not in self.graphs:
            self.graphs[length] = self.capture([values.clone() for values in given])
        graph, inputs = self.graphs[length]
        for place, values in zip(inputs, given):
            place.copy_(values)
        graph.replay()

    def capture(self, inputs):
        rate = self.optimizer.param_groups[0]["lr"]
        kept = rate.clone()
        rate.zero_()
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                self.step(*inputs)
        torch.cuda.current_stream().wait_stream(side)
        self.optimizer.zero_grad(set_to_none=True)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, pool=self.pool):
            self.step(*inputs)
        rate.copy_(kept)
        return graph, inputs

    def step(self, ids, answers, weights):
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cuda", torch.bfloat16, cache_enabled=False):
            logits = self.model.logits(self.model.hidden(ids, True), True)
        losses = functional.cross_entropy(logits.flatten(0, 1), answers.flatten(), reduction="none")
        loss = (losses * weights.flatten()).sum() / weights.sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.mean.lerp_(loss.detach(), 0.02)


class PlainStep:
    """A training step as it is written, for a processor."""

    def __init__(self, model, optimizer, device, length_weight):
        self.model, self.optimizer = model, optimizer
        self.device, self.length_weight = device, length_weight
        self.parameters = list(model.weights.values())
        self.mean = torch.full((), 5.0, device=device)

    def __call__(self, rows):
        batch = Batch(rows, self.device, self.length_weight)
        with torch.autocast("cuda", torch.bfloat16) if self.device != "cpu" else contextlib.nullcontext():
            answered = self.model.hidden(batch.ids, True).flatten(0, 1)[batch.places]
            logits = self.model.logits(answered, True)
        losses = functional.cross_entropy(logits, batch.answers, reduction="none")
        loss = (losses * batch.weights).sum() / batch.weights.sum()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.mean.lerp_(loss.detach(), 0.02)


def rate_at(progress, step, peak):
    """Up over 100 steps, level for a quarter, then straight down to a fiftieth."""
    return peak * min(1, (step + 1) / 100) * min(1, max(0.02, (1 - progress) / 0.75))


def write_weights(folder, model):
    with open(os.path.join(folder, "weights.bin"), "wb") as file:
        index = []
        for name, weight in model.weights.items():
            values = weight.detach().cpu().numpy().astype("<f4")
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
    parser.add_argument("--batch-tokens", type=int, default=0, help="a step (default: 3,000 on a processor, 16,384 on a GPU)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--no-graphs", action="store_true", help="on a GPU: launch each kernel by itself")
    parser.add_argument("--out", default="", help="folder for weights and checkpoints (default: where the data is)")
    parser.add_argument("--length-weight", type=float, default=0.5, help="how much more a token of a short answer counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--test-every", type=float, default=180, help="seconds")
    parser.add_argument("--pause-file", default="/tmp/pause-training")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    device, on_gpu = arguments.device, arguments.device != "cpu"
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    out_folder = arguments.out or arguments.folder
    os.makedirs(out_folder, exist_ok=True)
    path = lambda name: os.path.join(arguments.folder, name)
    checkpoint = os.path.join(out_folder, "checkpoint.pt")
    lengths = numpy.fromfile(path("lengths.bin"), "<u2").astype(numpy.int64)
    tokens = numpy.fromfile(path("tokens.bin"), "<u2")
    starts = numpy.concatenate([[0], numpy.cumsum(lengths)])
    tests = {name: json.load(open(path(file))) for name, file in (("values", "tests.json"), ("templates", "template-tests.json"))}
    vocabulary = json.load(open(path("vocabulary.json")))
    shape = {
        "vocabulary": vocabulary["size"],
        "width": arguments.width,
        "layers": arguments.layers,
        "heads": arguments.heads,
        "feedForward": arguments.feed_forward,
        "ropeBase": 10000.0,
        "trainedTokens": 2048,
    }
    model = Nano(shape).to(device)
    named = [(name.replace("/", "."), weight) for name, weight in model.weights.items()]
    matrices = [weight for name, weight in named if weight.dim() == 2 and name != "token_embd"]
    others = [weight for name, weight in named if weight.dim() != 2 or name == "token_embd"]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}]
    uses_graphs = on_gpu and not arguments.no_graphs
    options = {"fused": True} if on_gpu else {}
    if uses_graphs:
        options["capturable"] = True
    rate = torch.tensor(arguments.rate, device=device) if uses_graphs else arguments.rate
    optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), **options)
    state = {"step": 0, "seen": 0}
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    print("parameters", sum(weight.numel() for weight in model.weights.values()), shape, "examples", len(lengths), "tokens", len(tokens), flush=True)
    started, base, first = time.time(), state["seen"], state["step"]
    tested = started

    def save():
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "state": state, "shape": shape}, checkpoint + ".tmp")
        os.replace(checkpoint + ".tmp", checkpoint)
        write_weights(out_folder, model)
        for name, examples in tests.items():
            result = evaluate(model, examples, device)
            average = round(sum(result.values()) / len(result), 1)
            print("TEST", name, state["step"], state["seen"], json.dumps(result), "mean", average, flush=True)

    batch_tokens = arguments.batch_tokens or (16384 if on_gpu else 3000)
    order = batches(lengths, batch_tokens, 65536 if on_gpu else 4096, vocabulary["warmUpExamples"], arguments.seed)
    if uses_graphs:
        train_on = GraphedStep(model, optimizer, batch_tokens, arguments.length_weight)
    else:
        train_on = PlainStep(model, optimizer, device, arguments.length_weight)
    for step, rows in enumerate(order):
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
        now = rate_at(progress, step, arguments.rate)
        for group in optimizer.param_groups:
            if uses_graphs:
                group["lr"].fill_(now)
            else:
                group["lr"] = now
        train_on([tokens[starts[row] : starts[row + 1]] for row in rows])
        state["step"] = step + 1
        state["seen"] += int(lengths[rows].sum())
        if state["step"] % 200 == 0:
            speed = (state["seen"] - base) / (time.time() - started)
            print(f"step {state['step']} tokens {state['seen']} loss {train_on.mean.item():.4f} tokens/s {speed:.0f} progress {progress:.3f}", flush=True)
        if time.time() - tested > arguments.test_every:
            save()
            tested = time.time()
    save()


if __name__ == "__main__":
    main()
