"""Trains the weights of signalbox/nano: a small llama with interleaved rotary positions and tied embeddings.

Reads what prepare.ts wrote, and writes weights.bin (float32, in the order of weights.json) for export.ts.
On a processor: one process, --threads threads; needs no more than torch 1.13. On a GPU (--device cuda): torch 2.4 or newer,
with the whole step as one CUDA graph for each length of batch: a model this small waits for launches otherwise.
Stops and goes on from its last checkpoint; waits while the file --pause-file exists.
"""
import argparse
import json
import os
import time

import numpy
import torch

from batches import batches
from llama import Nano, write_weights
from steps import GraphedStep, PlainStep, evaluate


# Of a training, at the highest rate; after that the rate goes straight down, to this share of it at least.
LEVEL_SHARE = 0.25
LEAST_SHARE = 0.02


def rate_at(progress, step, peak):
    """Up over 100 steps, level for a part of the training, then straight down."""
    return peak * min(1, (step + 1) / 100) * min(1, max(LEAST_SHARE, (1 - progress) / (1 - LEVEL_SHARE)))


def read_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--tokens", type=float, default=30e6, help="to train on; the learning rate follows it")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--feed-forward", type=int, default=384)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--batch-tokens", type=int, default=0, help="a step (default: 3,000 on a processor, 16,384 on a GPU)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=1, help="of a processor; worth it where nobody else wants them")
    parser.add_argument("--no-graphs", action="store_true", help="on a GPU: launch each kernel by itself")
    parser.add_argument("--out", default="", help="folder for weights and checkpoints (default: where the data is)")
    parser.add_argument("--length-weight", type=float, default=0.5, help="how much more a token of a short answer counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-every", type=float, default=180, help="seconds; each time the tests are asked, too")
    parser.add_argument("--no-tests", action="store_true", help="ask the tests only at the end: they take as long as training on 100,000 tokens")
    parser.add_argument("--pause-file", default="/tmp/pause-training")
    return parser.parse_args()


def facts_of(arguments, state, batch_tokens):
    """What the model's card says of a training: what it read, and with what."""
    facts = {"tokens": state["seen"], "steps": state["step"], "batchTokens": batch_tokens, "highestRate": arguments.rate}
    return {**facts, "device": arguments.device, "seed": arguments.seed}


def main():
    arguments = read_arguments()
    device, on_gpu = arguments.device, arguments.device != "cpu"
    torch.set_num_threads(arguments.threads)
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

    def save(asks=not arguments.no_tests):
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "state": state, "shape": shape}, checkpoint + ".tmp")
        os.replace(checkpoint + ".tmp", checkpoint)
        write_weights(out_folder, model)
        with open(os.path.join(out_folder, "trained.json"), "w") as file:
            json.dump(facts_of(arguments, state, batch_tokens), file)
        for name, examples in tests.items() if asks else ():
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
        if time.time() - tested > arguments.save_every:
            save()
            tested = time.time()
    save(True)


if __name__ == "__main__":
    main()
