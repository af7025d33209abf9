"""What the weights say in float32, greedily, to the prompts of parity-prompts.json: the yardstick for the engine."""
import json
import os
import sys

import numpy
import torch

from llama import Nano

LIMIT = 60


@torch.no_grad()
def main():
    torch.set_num_threads(1)
    folder = sys.argv[1]
    with open(os.path.join(folder, "weights.json")) as file:
        index = json.load(file)
    values = numpy.fromfile(os.path.join(folder, "weights.bin"), "<f4")
    model = Nano(index["shape"])
    start = 0
    for tensor in index["tensors"]:
        size = int(numpy.prod(tensor["shape"]))
        weight = torch.from_numpy(values[start : start + size].copy()).view(*reversed(tensor["shape"]))
        model.weight(tensor["name"].removesuffix(".weight")).copy_(weight)
        start += size
    with open(os.path.join(folder, "parity-prompts.json")) as file:
        cases = json.load(file)
    answers = []
    for prompt in cases["prompts"]:
        tokens = list(prompt)
        while len(tokens) < len(prompt) + LIMIT:
            hidden = model.hidden(torch.tensor([tokens]), False)
            best = int(model.logits(hidden[:, -1], False).argmax())
            if best == cases["end"]:
                break
            tokens.append(best)
        answers.append(tokens[len(prompt) :])
    with open(os.path.join(folder, "parity-answers.json"), "w") as file:
        json.dump(answers, file)


if __name__ == "__main__":
    main()
