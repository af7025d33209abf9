"""One step of training: as written on a processor, as a CUDA graph on a GPU; and how right the answers are."""
import contextlib

import numpy
import torch
import torch.nn.functional as functional

from batches import ANSWER_FLAG, Batch, on_device, padded_length


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
