"""Which examples a step reads, and how they are laid out."""
import numpy
import torch

ANSWER_FLAG = 0x8000
# To what lengths batches are padded on a GPU: a graph is for one shape.
GRAPH_LENGTHS = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 512, 768, 1024, 1536, 2048]


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
