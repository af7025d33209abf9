"""What the weights of a folder say in float32, greedily, to the prompts of FOLDER/parity-prompts.json: the yardstick for
the engine. Arguments: FOLDER WEIGHTS-FOLDER ANSWERS-FILE."""
import json
import os
import sys

import torch

from llama import Nano, read_weights

LIMIT = 60


def greedy(model, prompt, guess, end):
    """The most likely token after each other. A guess of the answer saves time where it is right, and changes nothing."""
    said = []
    while len(said) < LIMIT:
        ahead = guess[len(said) :] if guess[: len(said)] == said else []
        hidden = model.hidden(torch.tensor([prompt + said + ahead]), False)
        best = model.logits(hidden[0, len(prompt) + len(said) - 1 :], False).argmax(-1).tolist()
        for token, guessed in zip(best, ahead + [None]):
            if token == end or len(said) == LIMIT:
                return said
            said.append(token)
            if token != guessed:
                break
    return said


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
    for prompt, guess in zip(cases["prompts"], cases["guesses"]):
        answers.append(greedy(model, prompt, guess, cases["end"]))
    with open(answers_file, "w") as file:
        json.dump(answers, file)


if __name__ == "__main__":
    main()
