"""Makes everything in this folder: a network trained on scikit-learn's digits, and what another scanner sends it."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).parent
TRAIN, SEARCH = 600, 560  # originals; the other 637 are for the test split
EPOCHS, BATCH = 25, 30

# How often a digit comes, relative to the most frequent; the training set has all alike.
FREQUENCY = np.array([1, 1, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.3, 0.2])
NOISE = 3.0  # standard deviation, of 16 grey levels
MISPLACED = 0.9  # share of images that arrive one pixel to the right
INK = (0.8, 1.0)  # fainter by a factor


def costs():
    """costs[true][read]: reading too much is dear, reading too little is cheap, both grow with the difference."""
    true, read = np.mgrid[0:10, 0:10]
    too_much, too_little = 0.5 + 0.5 * (read - true) / 9, 0.05 + 0.15 * (true - read) / 9
    return np.round(np.where(read > true, too_much, np.where(read < true, too_little, 0)), 2)


def scanned(rng, digits, labels, copies):
    """Images [N,1,8,8] uint8 and labels: an original is kept with its digit's frequency, then spoilt `copies` times."""
    kept = np.flatnonzero(rng.random(len(digits)) < FREQUENCY[labels])
    drawn = np.repeat(kept, copies)
    images = digits[drawn] * rng.uniform(*INK, (len(drawn), 1, 1))
    moved = rng.random(len(drawn)) < MISPLACED
    images[moved] = np.pad(images[moved], ((0, 0), (0, 0), (1, 0)))[:, :, :8]
    noisy = images + rng.normal(0, NOISE, images.shape)
    return np.clip(np.round(noisy), 0, 16).astype(np.uint8)[:, None], labels[drawn].astype(np.int64)


class DigitNet(nn.Module):
    """Three convolutions, a hidden layer of 64, and the last layer `fc`."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 32, 3, 1, 1), nn.Conv2d(32, 48, 3, 1, 1)
        self.conv3 = nn.Conv2d(48, 64, 3, 2, 1)
        self.hidden, self.fc = nn.Linear(64 * 4 * 4, 64), nn.Linear(64, 10)

    def forward(self, image):
        x = image.float() / 16
        for conv in (self.conv1, self.conv2, self.conv3):
            x = F.relu(conv(x))
        return self.fc(F.relu(self.hidden(x.flatten(1))))


def train(digits, labels):
    torch.manual_seed(1)
    net, image, target = DigitNet(), torch.tensor(digits)[:, None], torch.tensor(labels)
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, EPOCHS * (len(digits) // BATCH))
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(digits)).split(BATCH):
            loss = F.cross_entropy(net(image[batch]), target[batch], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net.eval()


def graph(net):
    """The network as ONNX, node by node, so that every tensor has the name that study.yaml uses."""
    node, tensors = helper.make_node, {k: v.detach().numpy() for k, v in net.state_dict().items()}
    tensors["levels"] = np.array(16, np.float32)
    nodes = [node("Cast", ["image"], ["grey"], to=TensorProto.FLOAT), node("Div", ["grey", "levels"], ["x0"])]
    for k, stride in ((1, 1), (2, 1), (3, 2)):
        weights = [f"conv{k}.weight", f"conv{k}.bias"]
        nodes.append(node("Conv", [f"x{k - 1}", *weights], [f"c{k}"], strides=[stride] * 2, pads=[1] * 4))
        nodes.append(node("Relu", [f"c{k}"], [f"x{k}"]))
    nodes.append(node("Flatten", ["x3"], ["flat"]))
    nodes.append(node("Gemm", ["flat", "hidden.weight", "hidden.bias"], ["h"], transB=1))
    nodes.append(node("Relu", ["h"], ["features"]))
    nodes.append(node("Gemm", ["features", "fc.weight", "fc.bias"], ["logits"], transB=1))
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["N", 1, 8, 8])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", 10])
    initializers = [numpy_helper.from_array(np.ascontiguousarray(v), k) for k, v in tensors.items()]
    model = helper.make_model(
        helper.make_graph(nodes, "digits", [image], [logits], initializers),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
        producer_name="examples/digits/make.py",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


STUDY = """\
# Made by make.py: moves the last layer of a digit reader so that its mistakes cost less.
name: digits
model: {{uri: digits.onnx, sha256: {sha256}}}
aleph:
  - {{tensor: fc.weight, transform: shift, per: element, range: [-2, 2], step: 0.03}}
  - {{tensor: fc.bias, transform: shift, per: element, range: [-5, 5], step: 0.15}}
data: {{search: search.npz, test: test.npz}}
loss:
  type: cost-matrix
  # One row per true digit, one column per predicted digit.
  costs:
{costs}
optimizer: {{type: auto, budget: 2000, parallelism: 8, seed: 1, runs: 1}}
evaluation: {{timeout: 60s, pool: default}}
"""


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    loaded = load_digits()
    digits, labels = loaded.images.astype(np.float32), loaded.target
    train_at, search_at, test_at = np.split(np.random.default_rng(7).permutation(len(digits)), [TRAIN, TRAIN + SEARCH])
    net = train(digits[train_at], labels[train_at])
    onnx.save(graph(net), HERE / "digits.onnx")
    for name, at, copies, seed in (("search", search_at, 4, 8), ("test", test_at, 1, 9)):
        image, target = scanned(np.random.default_rng(seed), digits[at], labels[at], copies)
        np.savez_compressed(HERE / f"{name}.npz", image=image, target=target)
        read = net(torch.tensor(image)).argmax(1).numpy()
        cost, right = costs()[target, read].mean(), (read == target).mean()
        print(f"{name}: digits {np.bincount(target)}, cost {cost:.4f}, read right {right:.3f}")
    clean = net(torch.tensor(digits[test_at])[:, None]).argmax(1).numpy()
    print(f"as trained, on the test split's originals: read right {(clean == labels[test_at]).mean():.3f}")
    sha256 = hashlib.sha256((HERE / "digits.onnx").read_bytes()).hexdigest()
    rows = "\n".join(f"    - [{', '.join(f'{c:g}' for c in row)}]" for row in costs())
    (HERE / "study.yaml").write_text(STUDY.format(sha256=sha256, costs=rows))


if __name__ == "__main__":
    main()
