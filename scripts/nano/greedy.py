"""What the weights of a folder say in float32, greedily, to the prompts of FOLDER/parity-prompts.json: the yardstick for
the engine. Arguments: FOLDER WEIGHTS-FOLDER ANSWERS-FILE."""
import json
import os
import sys

import torch

from llama import Nano, read_weights

LIMIT = 60


@torch.no_grad()
def main():
    torch.set_num_threads(1)
    folder, weights, answers_file = sys.argv[1:4]
    with open(os.path.join(weights, "weights.json")) as file:
        model = Nano(json.load(file)["shape"])
    read_weights(weights, model)
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
    with open(answers_file, "w") as file:
        json.dump(answers, file)


if __name__ == "__main__":
    main()
